using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost.Login;

/// <summary><c>/sign_out</c>: ends the person's forward-auth sessions, then leads to the end of the sign-in. Never to a login.</summary>
/// <remarks>
/// It is a link, so a GET must do; but only one that the person follows. A page of another application on the same domain, whose images
/// and frames carry the cookie too, ends nothing. Browsers that do not say what they are about (over plain http none does) are believed.
/// </remarks>
internal sealed class SignOutEndpoint(IOutpostCore core, SessionCache cache, SessionReader reader, Refusals refusals)
{
    public async Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        if (!IsFollowed(context.Request.Headers))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("open this address in the browser to sign out", context.RequestAborted);
            return;
        }
        var answer = await reader.OfBrowserAsync(context, site, url.HostName.ToString(), configuration.Version);
        if (answer.IsUnavailable)
        {
            await refusals.UnavailableAsync(context, site, true);
            return;
        }
        if (answer.Cached is { } cached)
        {
            await core.EndSessionsAsync(cached.Session.UserKey, context.RequestAborted);
            cache.ForgetUser(cached.Session.UserKey);
        }
        SessionCookie.Remove(context.Request, site);
        context.Response.Redirect(site.Provider.EndSessionUrl);
    }

    // https://www.w3.org/TR/fetch-metadata/: a navigation of the whole window
    private static bool IsFollowed(IHeaderDictionary headers) =>
        Says(headers["Sec-Fetch-Mode"], "navigate") && Says(headers["Sec-Fetch-Dest"], "document");

    private static bool Says(StringValues sent, string expected) => sent.Count == 0 || (sent.Count == 1 && sent[0] == expected);
}
