using Hearthkey.Hosting;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Names of hosts with rules of their own: a host, or <c>*.</c> and the name that hosts are below.</summary>
internal static class HostNames
{
    private const string Below = "*.";

    /// <summary>In the spelling in which checks find them; null where the text is none.</summary>
    public static string? Canonical(string text)
    {
        text = text.Trim();
        var prefix = text.StartsWith(Below, StringComparison.Ordinal) ? Below : "";
        var name = text[prefix.Length..];
        return !name.Contains(':', StringComparison.Ordinal) && ForwardedUrl.TryParse("https://" + name, out var url) && url.PathAndQuery.IsEmpty
            && !CookieDomains.IsAddress(url)
            ? string.Concat(prefix, url.HostName)
            : null;
    }

    /// <summary>Whether all that the name means is in the domain.</summary>
    public static bool IsWithin(string host, string domain)
    {
        var name = host.StartsWith(Below, StringComparison.Ordinal) ? host[Below.Length..] : host;
        return Canonical(domain.TrimStart('.')) is { } within && (name == within || name.EndsWith("." + within, StringComparison.Ordinal));
    }

    /// <summary>Whether the name is the host of this origin, at whatever port.</summary>
    public static bool IsOf(string host, Origin origin) => ForwardedUrl.TryParse(origin.ToString(), out var url) && url.HostName.SequenceEqual(host);
}
