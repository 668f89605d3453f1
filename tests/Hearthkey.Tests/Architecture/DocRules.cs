using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Hearthkey.Oidc;
using Hearthkey.Outpost;

namespace Hearthkey.Tests.Architecture;

/// <summary>The faces of the libraries, the options and the areas say what they are.</summary>
public sealed class DocRules
{
    private static readonly Assembly _server = typeof(HearthkeyServer).Assembly;
    private static readonly Assembly[] _libraries = [typeof(OAuthError).Assembly, typeof(ForwardedUrl).Assembly];

    /// <summary>Whoever meets the project reads these whole.</summary>
    [Theory]
    [InlineData("README.md", 120)]
    [InlineData("ARCHITECTURE.md", 80)]
    public void The_first_pages_stay_short(string path, int most) => Checkout.Lines(path).Length.ShouldBeLessThanOrEqualTo(most);

    [Fact]
    public void Every_public_type_of_a_library_has_a_summary() =>
        _libraries.SelectMany(assembly => Undocumented(assembly, assembly.GetExportedTypes().Where(IsWritten))).ShouldBeEmpty();

    [Fact]
    public void Every_option_has_a_summary() =>
        _libraries.Append(_server).SelectMany(assembly => Undocumented(assembly, Options(assembly).Concat(Options(assembly).SelectMany(Properties)))).ShouldBeEmpty();

    /// <summary>The face of Cli is its command line: it adds nothing to the container and no route.</summary>
    [Fact]
    public void Every_area_says_what_it_owns()
    {
        var areas = _server.GetTypes().Where(IsWritten).Select(type => type.Namespace?.Split('.')).OfType<string[]>()
            .Where(place => place is ["Hearthkey", _, ..]).Select(place => place[1]).Distinct().ToList();

        var faces = areas.ToDictionary(area => area, area => _server.GetType($"Hearthkey.{area}.{(area == "Cli" ? "CommandLine" : area + "Area")}"));

        faces.Where(face => face.Value is null).Select(face => face.Key).ShouldBeEmpty();
        Undocumented(_server, faces.Values.OfType<Type>()).ShouldBeEmpty();
    }

    private static IEnumerable<Type> Options(Assembly assembly) =>
        assembly.GetTypes().Where(IsWritten).Where(type => type.IsPublic
            && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal)));

    private static IEnumerable<MemberInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.Name != "EqualityContract");

    private static bool IsWritten(Type type) =>
        type.Namespace?.StartsWith("Hearthkey", StringComparison.Ordinal) == true && !type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static List<string> Undocumented(Assembly assembly, IEnumerable<MemberInfo> members)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        var entries = XDocument.Load(file).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
        return [.. members.Where(member => !IsDocumented(member, entries)).Select(member => Key(member))];
    }

    private static bool IsDocumented(MemberInfo member, Dictionary<string, XElement> entries)
    {
        if (entries.GetValueOrDefault(Key(member)) is { } entry && (entry.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(entry.Element("summary")?.Value)))
            return true;

        // a positional record describes its properties as parameters
        return member is PropertyInfo { DeclaringType: { } owner }
            && entries.GetValueOrDefault("T:" + owner.FullName!.Replace('+', '.'))?.Elements("param").Any(param => (string?)param.Attribute("name") == member.Name && !string.IsNullOrWhiteSpace(param.Value)) == true;
    }

    private static string Key(MemberInfo member) => member switch
    {
        Type type => "T:" + type.FullName!.Replace('+', '.'),
        _ => $"P:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}",
    };
}
