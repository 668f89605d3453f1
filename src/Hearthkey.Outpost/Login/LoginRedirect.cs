using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>Sends a browser to the authorization endpoint, with a state and the one cookie that belongs to it.</summary>
internal sealed class LoginRedirect(LoginLoop loop, TimeProvider time)
{
    /// <summary>Starts a login, unless it would only come round again. Logins that run at once in one browser share one secret, so all of them can end well.</summary>
    /// <param name="isCheck">The request is a proxy's, which may keep back what the browser sends.</param>
    public Task StartAsync(HttpContext context, ProtectedSite site, string origin, string target, byte attempt, bool isCheck = false)
    {
        var now = time.GetUtcNow();
        var cookie = LoginCookie.ReadOrCreate(context.Request, site).Begun(now);
        if (cookie.GoesRound)
            return loop.StopAsync(context, site, cookie, target);
        var state = LoginState.Create(now, attempt, cookie.Secret, origin, target);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier(site, cookie.Secret))));
        cookie.Write(context.Response, site, isCheck && context.Request.Headers.Cookie.Count == 0);
        var provider = site.Provider;
        context.Response.Redirect(string.Concat(
            provider.AuthorizeUrl, "?client_id=", Uri.EscapeDataString(provider.ClientId),
            "&redirect_uri=" + Uri.EscapeDataString(site.RedirectUri) + "&response_type=code&scope=" + Uri.EscapeDataString(provider.Scope),
            "&state=" + state.Write(site) + "&code_challenge=" + challenge + "&code_challenge_method=S256"));
        return Task.CompletedTask;
    }

    /// <summary>Ends one that comes round again.</summary>
    public Task StopAsync(HttpContext context, ProtectedSite site, LoginCookie cookie, string target) => loop.StopAsync(context, site, cookie, target);
}
