using System.Globalization;
using Hearthkey.Hosting;

namespace Hearthkey.Ui;

/// <summary>
/// Carries a message over one redirect. The cookie holds a key of the message catalog and what fills its places, never a sentence: somebody who
/// can plant cookies (an app on a sibling domain) can only choose among our own messages.
/// </summary>
internal static class FlashCookie
{
    private const string Cookie = "hearthkey_flash";

    private const char Separator = '|';

    /// <summary>Own choice: longer than a slow redirect, shorter than a person who comes back later.</summary>
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Own choice: a name fits, a letter does not.</summary>
    private const int LongestValue = 150;

    public static void Leave(HttpContext c, FlashKind kind, string key, string[] values)
    {
        var parts = values.Select(Shorten).Prepend(key).Prepend(kind == FlashKind.Problem ? "p" : "d").Select(Uri.EscapeDataString);
        c.SetCookie(Cookie, string.Join(Separator, parts), _lifetime);
    }

    public static Flash? Take(HttpContext c)
    {
        if (c.Cookie(Cookie) is not { Length: > 0 } cookie || c.Response.HasStarted) return null;
        c.DeleteCookie(Cookie);
        return Read(cookie);
    }

    private static Flash? Read(string cookie)
    {
        var parts = cookie.Split(Separator).Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length < 2 || Strings.ResourceManager.GetString(parts[1], CultureInfo.CurrentUICulture) is not { } message) return null;
        // as many places as a message may have are filled, or a short cookie would be a FormatException
        var values = parts[2..].Concat(["", "", ""]).Take(3).Select(Shorten).ToArray<object>();
        return new Flash(parts[0] == "p" ? FlashKind.Problem : FlashKind.Done, string.Format(CultureInfo.CurrentCulture, message, values));
    }

    private static string Shorten(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
