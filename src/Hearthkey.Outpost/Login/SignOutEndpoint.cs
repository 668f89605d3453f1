using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary><c>/sign_out</c>: ends the person's forward-auth sessions, then leads to the end of the sign-in. Never to a login.</summary>
internal sealed class SignOutEndpoint(IOutpostCore core, SessionCache cache, SessionReader reader)
{
    public async Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        var answer = await reader.OfBrowserAsync(context, site, url.HostName.ToString(), configuration.Version);
        if (answer.Cached is { } cached)
        {
            await core.EndSessionsAsync(cached.Session.UserKey, context.RequestAborted);
            cache.ForgetUser(cached.Session.UserKey);
        }
        SessionCookie.Remove(context.Request, site);
        context.Response.Redirect(site.Provider.EndSessionUrl);
    }
}
