using System.Text.RegularExpressions;

namespace Hearthkey.Outpost;

/// <summary>
/// The paths that need no login: one regular expression a line, unanchored, matched in linear time. Blank lines are ignored, lines that do
/// not compile are left out and listed.
/// </summary>
/// <remarks>Look-around and back-references do not compile: they do not in RE2 either, which people's patterns were written for.</remarks>
public sealed class SkipRules
{
    private readonly Regex[] _patterns;

    private SkipRules(Regex[] patterns, string[] broken, string[] unanchored)
    {
        _patterns = patterns;
        Broken = broken;
        Unanchored = unanchored;
    }

    /// <summary>No path is open.</summary>
    public static SkipRules None { get; } = new([], [], []);

    /// <summary>Lines that do not compile and are therefore not in force.</summary>
    public IReadOnlyList<string> Broken { get; }

    /// <summary>Lines that do not start with <c>^</c> and so match in the middle of a path too; worth a warning.</summary>
    public IReadOnlyList<string> Unanchored { get; }

    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Reads the field as an administrator wrote it.</summary>
    public static SkipRules Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return None;
        List<Regex> patterns = [];
        List<string> broken = [];
        List<string> unanchored = [];
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                patterns.Add(new Regex(line, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
                if (line[0] != '^')
                    unanchored.Add(line);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                broken.Add(line);
            }
        }
        return new SkipRules([.. patterns], [.. broken], [.. unanchored]);
    }

    /// <summary>True when any line matches.</summary>
    public bool Matches(ReadOnlySpan<char> subject)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.IsMatch(subject))
                return true;
        }
        return false;
    }
}
