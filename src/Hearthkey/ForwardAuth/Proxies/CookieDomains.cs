using System.Net;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Which domain a provider at domain level covers. Never one that strangers share (a public suffix): they would receive its cookies.</summary>
internal static class CookieDomains
{
    /// <summary>The domain in force: what was typed, or the parent of the external host; blank where neither can be used.</summary>
    public static string InForce(ProxyProvider provider)
    {
        if (provider.Mode != ProxyProviders.Domain) return "";
        if (provider.CookieDomain.Length > 0) return ProblemOf(provider.CookieDomain) is null ? provider.CookieDomain : "";
        return ForwardedUrl.TryParse(provider.ExternalHost, out var external) ? Parent(external) ?? "" : "";
    }

    /// <summary>The host's name without its first label; null where that is shared by strangers or the host has no name.</summary>
    public static string? Parent(ForwardedUrl external)
    {
        if (IsAddress(external)) return null;
        var name = external.HostName.ToString();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var parent = dot < 0 ? "" : name[(dot + 1)..];
        return PublicSuffixes.AreIn(parent) ? null : parent;
    }

    public static bool IsAddress(ForwardedUrl external) => external.HostName.StartsWith("[") || IPAddress.TryParse(external.HostName, out _);

    /// <summary>Why this text can be no cookie domain, or null.</summary>
    public static string? ProblemOf(string domain)
    {
        if (!ForwardedUrl.TryParse("https://" + domain.TrimStart('.'), out var url) || url.Port != 0 || !url.PathAndQuery.IsEmpty || IsAddress(url))
            return "Enter a domain, such as example.com, without scheme and port.";
        return PublicSuffixes.AreIn(url.HostName.ToString())
            ? $"{url.HostName} is a domain under which strangers have hosts: they could receive logins that are meant for you. Enter one that is yours alone, such as home.{url.HostName}, or protect each application by itself."
            : null;
    }
}
