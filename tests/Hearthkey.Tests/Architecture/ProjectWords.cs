using System.Text.RegularExpressions;

namespace Hearthkey.Tests.Architecture;

/// <summary>The project's files speak of the project: of no machine it was built on, no package source, no way it was written.</summary>
public sealed partial class ProjectWords
{
    private static readonly string[] _binary = [".png", ".ico", ".woff2", ".db", ".gz", ".br", ".jpg"];

    [Fact]
    public void Files_name_no_machine_and_no_package_source() => Find(Places(), _ => true).ShouldBeEmpty();

    [Fact]
    public void Files_do_not_tell_how_they_were_written() => Find(Writing(), _ => true).ShouldBeEmpty();

    [Fact]
    public void Lock_files_hold_no_addresses_of_packages() =>
        Find(Resolved(), path => path.EndsWith("package-lock.json", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_package_source_is_configured() =>
        Checkout.Files.Where(path => Path.GetFileName(path).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();

    private static IEnumerable<string> Find(Regex pattern, Func<string, bool> where) =>
        Checkout.Files.Where(path => where(path) && !_binary.Contains(Path.GetExtension(path)) && Path.GetFileNameWithoutExtension(path) != nameof(ProjectWords))
            .SelectMany(path => Checkout.Lines(path).Select((line, index) => (line, index))
                .Where(row => pattern.IsMatch(row.line)).Select(row => $"{path}:{row.index + 1} {pattern.Match(row.line).Value}"));

    [GeneratedRegex(@"/work/|/home/[a-z]+/|registry\.npmjs\.org|registry\.yarnpkg|api\.nuget\.org|artifactory|pypi\.org", RegexOptions.IgnoreCase)]
    private static partial Regex Places();

    [GeneratedRegex(@"\b(claude|anthropic|chatgpt|openai|copilot|llm|subagents?|language model|ai assistant|ai[- ]generated|helper session|coding session)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Writing();

    [GeneratedRegex(@"""resolved""\s*:")]
    private static partial Regex Resolved();
}
