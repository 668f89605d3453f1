using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>Sends a browser to the authorization endpoint, with a state and the one cookie that belongs to it.</summary>
internal sealed class LoginRedirect(TimeProvider time)
{
    /// <summary>Starts a login. Logins that run at once in one browser share one secret, so all of them can end well.</summary>
    public Task StartAsync(HttpContext context, ProtectedSite site, string origin, string target, byte attempt)
    {
        var secret = SecretOf(context.Request, site) ?? SessionKey.Create().ToString();
        var state = LoginState.Create(time.GetUtcNow(), attempt, secret, origin, target);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier(site, secret))));
        SessionCookie.Append(context.Response, site.StateCookie, secret, site, (long)LoginState.Life.TotalSeconds, false);
        var provider = site.Provider;
        context.Response.Redirect(string.Concat(
            provider.AuthorizeUrl, "?client_id=", Uri.EscapeDataString(provider.ClientId),
            "&redirect_uri=" + Uri.EscapeDataString(site.RedirectUri) + "&response_type=code&scope=" + Uri.EscapeDataString(provider.Scope),
            "&state=" + state.Write(site) + "&code_challenge=" + challenge + "&code_challenge_method=S256"));
        return Task.CompletedTask;
    }

    /// <summary>The browser's secret; null where it has none, or one that is not ours.</summary>
    public static string? SecretOf(HttpRequest request, ProtectedSite site) =>
        CookieReader.Read(request.Headers.Cookie, site.StateCookie, out var value, out _) == 1 && SessionKey.TryParse(value, out _)
            ? value.ToString() : null;
}
