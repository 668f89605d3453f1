using System.Text.RegularExpressions;

namespace Hearthkey.Tests.Architecture;

/// <summary>Size and shape of source files: what a reader has to hold in the head at once.</summary>
public sealed partial class SourceRules
{
    private const int LongestSource = 400;
    private const int LongestTest = 600;
    private const int LongestMethod = 60;

    private static readonly string[] _emptyWordsAnywhere = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Impl", "Processor"];
    private static readonly string[] _emptyWordsAtTheEnd = ["Common", "Base", "Default", "Service", "Data", "Info", "Model"];

    [Fact]
    public void Source_files_are_short() =>
        Checkout.Sources("src").Where(path => Checkout.Lines(path).Length > LongestSource).ShouldBeEmpty();

    [Fact]
    public void Test_files_are_short() =>
        Checkout.Sources("tests").Where(path => Checkout.Lines(path).Length > LongestTest).ShouldBeEmpty();

    [Fact]
    public void Methods_are_short() =>
        Checkout.Sources("src").SelectMany(path => LongMethods(path, Checkout.Lines(path))).ShouldBeEmpty();

    [Fact]
    public void A_long_method_is_noticed()
    {
        string[] lines = ["    public void Run()", "    {", .. Enumerable.Repeat("        Step();", LongestMethod + 1), "    }"];

        LongMethods("a.cs", lines).ShouldBe(["a.cs:1 public void Run()"]);
        LongMethods("a.cs", lines[1..]).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_for_later() =>
        Places("src", Unfinished()).Concat(Places("tests", Unfinished()).Where(place => !place.Contains(nameof(SourceRules), StringComparison.Ordinal))).ShouldBeEmpty();

    /// <summary>The name of a model is written in one area; others use its constant.</summary>
    [Fact]
    public void A_model_is_named_in_one_area() =>
        Checkout.Sources("src").SelectMany(path => ModelName().Matches(Checkout.Text(path)).Select(match => (Area: Path.GetDirectoryName(path)!.Split('/').ElementAtOrDefault(2), match.Value)))
            .Distinct().GroupBy(place => place.Value, place => place.Area).Where(areas => areas.Count() > 1)
            .Select(areas => $"{areas.Key}: {string.Join(", ", areas)}")
            .ShouldBeEmpty();

    [Fact]
    public void Tests_are_not_skipped() => Places("tests", Skipped()).ShouldBeEmpty();

    [Fact]
    public void Type_names_say_what_a_thing_is() =>
        Checkout.Sources("src").SelectMany(path => TypeDeclaration().Matches(Checkout.Text(path)).Select(match => match.Groups["name"].Value)
            .Where(IsEmptyName).Select(name => $"{path}: {name}")).ShouldBeEmpty();

    [Fact]
    public void A_file_holds_one_public_type_and_at_most_its_companions() =>
        Checkout.Sources("src").Select(path => (path, types: PublicTypes(path)))
            .Where(file => file.types.Count(type => type.Kind is "class" or "interface") > 1 || file.types.Count > 5)
            .Select(file => $"{file.path}: {string.Join(", ", file.types.Select(type => type.Name))}")
            .ShouldBeEmpty();

    /// <summary>A generic type beside its plain one is in <c>NameOf.cs</c>; a family of small records has a name of its own.</summary>
    [Fact]
    public void A_file_is_named_after_its_public_class() =>
        Checkout.Sources("src").Select(path => (path, name: Path.GetFileName(path).Split('.')[0], types: PublicTypes(path)))
            .Where(file => file.types.Count == 1 || file.types.Any(type => type.Kind is "class" or "interface"))
            .Where(file => !file.types.Any(type => file.name == type.Name || file.name == type.Name + "Of"))
            .Select(file => file.path)
            .ShouldBeEmpty();

    private static List<(string Kind, string Name)> PublicTypes(string path) =>
        [.. PublicTypeDeclaration().Matches(Checkout.Text(path)).Select(match => (match.Groups["kind"].Value, match.Groups["name"].Value))];

    private static bool IsEmptyName(string name)
    {
        var words = Word().Matches(name).Select(match => match.Value).ToList();
        return words.Intersect(_emptyWordsAnywhere).Any() || _emptyWordsAtTheEnd.Contains(words[^1]);
    }

    private static IEnumerable<string> Places(string folder, Regex pattern) =>
        Checkout.Sources(folder).SelectMany(path => Checkout.Lines(path).Select((line, index) => (line, index))
            .Where(row => pattern.IsMatch(row.line)).Select(row => $"{path}:{row.index + 1} {row.line.Trim()}"));

    // braces stand on lines of their own here, so a method ends at the next closing brace of the same depth
    private static IEnumerable<string> LongMethods(string path, string[] lines)
    {
        for (var open = 1; open < lines.Length; open++)
        {
            if (lines[open].Trim() != "{") continue;
            var depth = lines[open].IndexOf('{', StringComparison.Ordinal);
            var close = Array.FindIndex(lines, open, line => line.StartsWith(new string(' ', depth) + "}", StringComparison.Ordinal));
            if (close - open - 1 <= LongestMethod) continue;
            var head = open - 1;
            while (head > 0 && (lines[head].Length <= depth || lines[head][depth] is ' ' or ')' or ':')) head--;
            if (MethodHead().IsMatch(lines[head])) yield return $"{path}:{head + 1} {lines[head].Trim()}";
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#region")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"""authentik_\w+\.\w+""")]
    private static partial Regex ModelName();

    [GeneratedRegex(@"\[(Fact|Theory)\(.*Skip\s*=")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"^ *(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref) +)*(?:class|record struct|record|struct|interface|enum) +(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^public +(?:(?:static|sealed|abstract|readonly|partial|ref) +)*(?<kind>class|record struct|record|struct|interface|enum) +(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex PublicTypeDeclaration();

    [GeneratedRegex(@"^ +(public|internal|private|protected|static|async|override)\b.*\(")]
    private static partial Regex MethodHead();

    [GeneratedRegex(@"[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
