using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Cookies of ours, by their names: sessions, logins under way, the sign-in itself. No application gets to see them, and none can set them.
/// </summary>
internal static class OwnCookies
{
    private static readonly string[] _names = ["authentik_proxy_", "hearthkey_"];

    /// <summary>Takes ours out of what a browser sent; all others stay as they are, in their order.</summary>
    public static void RemoveFrom(HttpRequest request)
    {
        var header = request.Headers.Cookie;
        if (header.Count == 0 || !HasOne(header))
            return;
        List<string> kept = [];
        foreach (var line in header)
        {
            foreach (var pair in (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!IsOurs(pair))
                    kept.Add(pair);
            }
        }
        request.Headers.Cookie = kept.Count == 0 ? StringValues.Empty : string.Join("; ", kept);
    }

    /// <summary>Takes out what an application tries to set under a name of ours.</summary>
    public static void RemoveFrom(IHeaderDictionary response)
    {
        var set = response.SetCookie;
        foreach (var line in set)
        {
            if (!IsOurs(line))
                continue;
            response.SetCookie = new StringValues([.. set.Where(l => !IsOurs(l))]);
            return;
        }
    }

    private static bool HasOne(StringValues header)
    {
        foreach (var line in header)
        {
            foreach (var name in _names)
            {
                if (line is not null && line.Contains(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }

    private static bool IsOurs(ReadOnlySpan<char> cookie)
    {
        // browsers read "=name=value" as a cookie without a name, and send it back as "name=value"
        cookie = cookie.TrimStart(" \t=");
        if (cookie.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            cookie = cookie[7..];
        else if (cookie.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase))
            cookie = cookie[9..];
        foreach (var name in _names)
        {
            if (cookie.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
