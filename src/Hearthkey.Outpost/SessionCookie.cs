using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>The cookie with a session id: which ones a request brings, how one is set and removed.</summary>
internal static class SessionCookie
{
    /// <summary>Most ids that one request can bring: the host's own cookie, and two of the plain name.</summary>
    public const int MaxCandidates = 3;

    /// <summary>
    /// The well-formed ids of a request, best first. Two cookies of one name count as none, except for the plain name of a domain-level
    /// provider: there one host can rightly hold its own and the domain's.
    /// </summary>
    public static int Read(HttpRequest request, ProtectedSite site, Span<SessionKey> keys) => Read(request.Headers.Cookie, site, keys);

    /// <summary>The same from the header's lines.</summary>
    public static int Read(StringValues header, ProtectedSite site, Span<SessionKey> keys)
    {
        if (header.Count == 0)
            return 0;
        var found = 0;
        var isPlain = ReferenceEquals(site.HostCookie, site.DomainCookie);
        if (!isPlain && CookieReader.Read(header, site.HostCookie, out var value, out _) == 1)
            Take(value, keys, ref found);
        if (!isPlain && !site.IsDomain)
            return found;
        var count = CookieReader.Read(header, site.DomainCookie, out var first, out var second);
        if (count == 1 || (count == 2 && site.IsDomain))
            Take(first, keys, ref found);
        if (count == 2 && site.IsDomain)
            Take(second, keys, ref found);
        return found;
    }

    /// <summary>Sets the cookie for one host, or for the whole domain.</summary>
    public static void Set(HttpResponse response, ProtectedSite site, SessionKey key, TimeSpan life, bool forDomain) =>
        Append(response, forDomain ? site.DomainCookie : site.HostCookie, key.ToString(), site, (long)life.TotalSeconds, forDomain);

    /// <summary>Removes what the request brought, also what it remembers of logins.</summary>
    public static void Remove(HttpRequest request, ProtectedSite site)
    {
        var header = request.Headers.Cookie;
        var response = request.HttpContext.Response;
        if (CookieReader.Read(header, site.HostCookie, out _, out _) > 0)
            Append(response, site.HostCookie, "", site, 0, false);
        if (CookieReader.Read(header, site.StateCookie, out _, out _) > 0)
            Append(response, site.StateCookie, "", site, 0, false);
        if (site.IsDomain && CookieReader.Read(header, site.DomainCookie, out _, out _) > 0)
            Append(response, site.DomainCookie, "", site, 0, true);
    }

    /// <summary>Writes one <c>Set-Cookie</c>: HttpOnly, Lax, whole host, Secure where the browser speaks https.</summary>
    public static void Append(HttpResponse response, string name, string value, ProtectedSite site, long maxAge, bool forDomain)
    {
        var domain = forDomain ? "; Domain=" + site.Domain : "";
        var secure = site.IsHttps ? "; Secure" : "";
        response.Headers.Append("Set-Cookie", string.Create(
            CultureInfo.InvariantCulture, $"{name}={value}; Path=/; Max-Age={maxAge}{domain}; HttpOnly; SameSite=Lax{secure}"));
    }

    private static void Take(ReadOnlySpan<char> value, Span<SessionKey> keys, ref int found)
    {
        if (SessionKey.TryParse(value, out var key))
            keys[found++] = key;
    }
}
