using System.Collections.Frozen;
using Hearthkey.Directory;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>Where an application leads.</summary>
public sealed class LaunchUrls(IEnumerable<ProviderKind> kinds)
{
    /// <summary>Hides the tile, as authentik's guides say.</summary>
    private const string Nowhere = "blank://";

    private readonly FrozenDictionary<string, ProviderKind> _kinds = kinds.ToFrozenDictionary(k => k.Model);

    /// <summary>The address for this person, or null where there is none.</summary>
    /// <param name="who">Fills the places of the address; null leaves them as they are.</param>
    public string? Of(Snapshot snapshot, Application application, Account? who)
    {
        var url = application.MetaLaunchUrl;
        if (url is null && application.Provider is { } pk)
            foreach (var kind in _kinds.Values)
                if (kind.LaunchUrl(snapshot, pk) is { } suggested) return suggested;
        if (url is null || url.StartsWith(Nowhere, StringComparison.Ordinal)) return null;
        return who is null || !url.Contains("%(", StringComparison.Ordinal) ? url : Fill(url, who);
    }

    /// <summary>Why this can be nobody's launch URL, or null.</summary>
    public static string? ProblemOf(string? url)
    {
        if (url is null || url.StartsWith(Nowhere, StringComparison.Ordinal)) return null;
        // the places may stand anywhere, even in the host
        return Uri.TryCreate(url.Replace("%(", "x", StringComparison.Ordinal).Replace(")s", "x", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
            && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp) && !url.AsSpan().ContainsAnyInRange('\0', ' ')
            ? null
            : "Enter a valid URL: it begins with https:// or http://.";
    }

    private static string Fill(string url, Account who) => url
        .Replace("%(username)s", Uri.EscapeDataString(who.Username), StringComparison.Ordinal)
        .Replace("%(name)s", Uri.EscapeDataString(who.Name), StringComparison.Ordinal)
        .Replace("%(email)s", Uri.EscapeDataString(who.Email), StringComparison.Ordinal)
        .Replace("%(uuid)s", who.Uuid.ToString(), StringComparison.Ordinal);
}
