using System.Text;

namespace Hearthkey.Outpost.Login;

/// <summary>Where a login leads: always an absolute address on a host that the provider covers.</summary>
/// <param name="Url">The address; ASCII.</param>
/// <param name="Asked">What <c>rd</c> named, where it was an absolute address.</param>
/// <param name="Noticed">What an operator should know of <c>rd</c>: why it was not taken, or that it is relative where others would refuse it.</param>
internal readonly record struct ReturnTarget(string Url, ForwardedUrl Asked, OutpostFinding? Noticed)
{
    // with the signature and base64 around it, a longer one would not fit a request line (8 KB)
    private const int MaxLength = 4096;

    /// <summary>Validates <c>rd</c>. One that is refused or missing is replaced; it is never an error for the person.</summary>
    public static ReturnTarget Read(string? query, ProtectedSite site, in ForwardedUrl host)
    {
        var isExternal = host.Key.SequenceEqual(site.External.Key);
        var origin = OriginOf(site, host);
        var external = site.Provider.ExternalHost.Trim();
        var asked = RawQuery.ReturnAddress(query);
        if (string.IsNullOrEmpty(asked))
            return new(isExternal ? external : origin + "/", default, null);
        if (HasForbidden(asked))
            return new(external, default, OutpostFinding.ReturnAddressRefused);
        if (asked[0] == '/' && !asked.StartsWith("//", StringComparison.Ordinal))
            return new(site.IsDomain && isExternal ? external : Join(origin, asked), default, site.IsDomain ? OutpostFinding.ReturnAddressRelative : null);
        if (!ForwardedUrl.TryParse(asked, out var url) || !Accepts(site, url))
            return new(external, url, asked.Contains("://", StringComparison.Ordinal) || !site.IsDomain
                ? OutpostFinding.ReturnAddressRefused : OutpostFinding.ReturnAddressRelative);
        return new(Join(url.Origin(site.IsHttps), url.PathAndQuery), url, null);
    }

    /// <summary>Back to the address that a proxy checked.</summary>
    public static string To(ProtectedSite site, in ForwardedUrl url) => Join(OriginOf(site, url), url.PathAndQuery);

    /// <summary>The origin of a host of the provider, as the browser has it.</summary>
    public static string OriginOf(ProtectedSite site, in ForwardedUrl host) =>
        host.Key.SequenceEqual(site.External.Key) ? site.ExternalOrigin : host.Origin(site.IsHttps);

    private static bool Accepts(ProtectedSite site, in ForwardedUrl url)
    {
        if (site.IsDomain)
            return site.Covers(url);
        var external = site.External;
        return url.HostName.SequenceEqual(external.HostName)
            && (url.Port == external.Port || (site.IsHttps && !url.IsHttps && url.Port == 443 && external.Port == 0));
    }

    private static string Join(string origin, ReadOnlySpan<char> pathAndQuery)
    {
        // our own paths would start another login, or undo this one
        if (pathAndQuery.Length > MaxLength || pathAndQuery.StartsWith(OutpostPaths.Prefix, StringComparison.Ordinal))
            return origin + "/";
        return string.Concat(origin, pathAndQuery.StartsWith("/") ? "" : "/", Encode(pathAndQuery));
    }

    private static string Encode(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
            return text.ToString();
        var encoded = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            encoded.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return encoded.ToString();
    }

    private static bool HasForbidden(string text)
    {
        foreach (var c in text)
        {
            if (c is '\\' or '\x7f' || char.IsControl(c) || char.IsWhiteSpace(c))
                return true;
        }
        return false;
    }
}
