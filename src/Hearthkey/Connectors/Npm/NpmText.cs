using System.Text.RegularExpressions;

namespace Hearthkey.Connectors.Npm;

/// <summary>Our text within the Advanced text of a proxy host: between two lines of our own, after whatever else is there.</summary>
internal static partial class NpmText
{
    public const string Begin = "# hearthkey begin", End = "# hearthkey end";

    /// <summary>True where at least one of our lines is there.</summary>
    public static bool IsIn(string text) => BeginLine().IsMatch(text) || EndLine().IsMatch(text);

    /// <summary>What is there, followed by ours.</summary>
    public static string Insert(string former, string ours) => $"{former}{(former.Length == 0 ? "" : "\n")}{Begin}\n{ours.TrimEnd('\n')}\n{End}";

    /// <summary>The text without ours, as it was before <see cref="Insert"/>; null where our lines are not exactly one pair.</summary>
    public static string? Cut(string text)
    {
        if (BeginLine().Count(text) != 1 || EndLine().Count(text) != 1) return null;
        var (from, to) = (BeginLine().Match(text).Index, EndLine().Match(text));
        if (to.Index < from) return null;
        return text[..(from > 0 ? from - 1 : 0)] + text[(to.Index + to.Length)..];
    }

    /// <summary>Ours alone, as it stands in the text; null where it is not there exactly once.</summary>
    public static string? Ours(string text) => Cut(text) is null ? null : text[BeginLine().Match(text).Index..(EndLine().Match(text).Index + End.Length)];

    /// <summary>Why ours cannot stand beside what else is there; null where it can.</summary>
    public static string? Conflict(NpmHost host)
    {
        if (host.AccessListId > 0) return ConnectorsStrings.NpmConflictAccessList;
        var there = IsIn(host.AdvancedConfig) ? Cut(host.AdvancedConfig) : host.AdvancedConfig;
        if (there is null) return ConnectorsStrings.NpmConflictMarkers;
        if (OfText(Comment().Replace(there, "")) is { } conflict) return conflict;
        foreach (var (path, advanced) in host.Locations)
        {
            if (path.Trim() is "/" or "^~ /") return ConnectorsStrings.NpmConflictLocation;
            if (path.Contains("outpost.goauthentik.io", StringComparison.Ordinal)) return ConnectorsStrings.NpmConflictOutpost;
            if (AuthRequest().IsMatch(Comment().Replace(advanced, "")) || SatisfyAny().IsMatch(advanced)) return ConnectorsStrings.NpmConflictAuthRequest;
        }
        return null;
    }

    private static string? OfText(string text)
    {
        if (AuthRequest().IsMatch(text)) return ConnectorsStrings.NpmConflictAuthRequest;
        if (RootLocation().IsMatch(text)) return ConnectorsStrings.NpmConflictLocation;
        if (text.Contains("outpost.goauthentik.io", StringComparison.Ordinal)) return ConnectorsStrings.NpmConflictOutpost;
        if (SatisfyAny().IsMatch(text) || AuthBasic().IsMatch(text)) return ConnectorsStrings.NpmConflictSatisfy;
        return ErrorPage().IsMatch(text) ? ConnectorsStrings.NpmConflictErrorPage : null;
    }

    [GeneratedRegex(@"^# hearthkey begin$", RegexOptions.Multiline)]
    private static partial Regex BeginLine();

    [GeneratedRegex(@"^# hearthkey end$", RegexOptions.Multiline)]
    private static partial Regex EndLine();

    [GeneratedRegex(@"(?<=^|[\s;{}])#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bauth_request(_set)?\s")]
    private static partial Regex AuthRequest();

    [GeneratedRegex(@"\blocation\s+(\^~\s*)?[""']?/[""']?\s*\{")]
    private static partial Regex RootLocation();

    [GeneratedRegex(@"\bsatisfy\s+any\b")]
    private static partial Regex SatisfyAny();

    [GeneratedRegex(@"\bauth_basic\s")]
    private static partial Regex AuthBasic();

    [GeneratedRegex(@"\berror_page\s[^;]*\b401\b")]
    private static partial Regex ErrorPage();
}
