using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Hosting;

/// <summary>
/// Writes with a cookie are taken only from our own pages. Apps on sibling sub-domains are same-site with us, so SameSite protects nothing:
/// the browser must say <c>Sec-Fetch-Site: same-origin</c> (or, where it sends none, an <c>Origin</c> of ours), and a token that is bound to
/// a cookie of this host and to the sign-in session must come back.
/// </summary>
public static class Csrf
{
    /// <summary>Name of the form field.</summary>
    public const string Field = "csrf";

    /// <summary>Name of the header that API clients with a session cookie send, as authentik's.</summary>
    public const string Header = "X-authentik-CSRF";

    /// <summary>Name of the sign-in session's cookie; Sessions owns it.</summary>
    public const string SessionCookie = "hearthkey_session";

    private const string Cookie = "hearthkey_csrf";

    /// <summary>The token for this browser and session; sets the cookie on first use, so call it before the first byte is written.</summary>
    public static string Token(HttpContext context)
    {
        if (context.Features.Get<CsrfSecret>() is not { } secret)
        {
            var value = context.Cookie(Cookie);
            if (value is not { Length: 43 })
            {
                value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                context.SetCookie(Cookie, value);
            }
            context.Features.Set(secret = new CsrfSecret(value));
        }
        return Token(secret.Value, context.Cookie(SessionCookie));
    }

    /// <summary>Names this browser, before and after a change of session alike: for what only it may go on with. Null without the cookie.</summary>
    public static string? Browser(HttpContext context)
    {
        var secret = context.Features.Get<CsrfSecret>()?.Value ?? context.Cookie(Cookie);
        return secret is { Length: 43 } ? Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"browser\n{secret}"))) : null;
    }

    /// <summary>The request comes from a page of ours and carries the token.</summary>
    public static bool IsValid(HttpContext context, string? token) =>
        IsSameOrigin(context)
        && token is { Length: 43 }
        && context.Cookie(Cookie) is { Length: 43 } secret
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(secret, context.Cookie(SessionCookie))));

    /// <summary>The browser vouches that the request was made by a page of our own origin.</summary>
    public static bool IsSameOrigin(HttpContext context)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site == "same-origin";
        var origin = context.Request.Headers.Origin;
        return origin.Count == 1 && string.Equals(origin, context.Edge().Origin.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Token(string secret, string? session) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"csrf\n{secret}\n{session}")));

    private sealed record CsrfSecret(string Value);
}
