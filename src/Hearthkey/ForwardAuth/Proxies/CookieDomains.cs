using System.Net;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Which domain a provider at domain level covers. Never one that strangers share (a public suffix): they would receive its cookies.</summary>
internal static class CookieDomains
{
    /// <summary>Second levels under country domains that are handed out to everybody.</summary>
    private static readonly HashSet<string> _shared = ["ac", "co", "com", "edu", "go", "gov", "gv", "ne", "net", "nom", "or", "org"];

    /// <summary>The domain in force: what was typed, or the parent of the external host; blank where neither can be used.</summary>
    public static string InForce(ProxyProvider provider)
    {
        if (provider.Mode != ProxyProviders.Domain) return "";
        if (provider.CookieDomain.Length > 0) return provider.CookieDomain;
        return ForwardedUrl.TryParse(provider.ExternalHost, out var external) ? Parent(external) ?? "" : "";
    }

    /// <summary>The host's name without its first label; null where that is shared by strangers or the host has no name.</summary>
    public static string? Parent(ForwardedUrl external)
    {
        if (IsAddress(external)) return null;
        var name = external.HostName.ToString();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var parent = dot < 0 ? "" : name[(dot + 1)..];
        return IsShared(parent) ? null : parent;
    }

    public static bool IsAddress(ForwardedUrl external) => external.HostName.StartsWith("[") || IPAddress.TryParse(external.HostName, out _);

    /// <summary>Why this text can be no cookie domain, or null.</summary>
    public static string? ProblemOf(string domain)
    {
        if (!ForwardedUrl.TryParse("https://" + domain.TrimStart('.'), out var url) || url.Port != 0 || !url.PathAndQuery.IsEmpty || IsAddress(url))
            return "Enter a domain, such as example.com, without scheme and port.";
        return IsShared(url.HostName.ToString())
            ? $"{url.HostName} is a domain under which everybody can have hosts: strangers would receive the cookie. Enter one that is yours alone."
            : null;
    }

    private static bool IsShared(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length < 2 || (labels is [var second, { Length: 2 }] && _shared.Contains(second));
    }
}
