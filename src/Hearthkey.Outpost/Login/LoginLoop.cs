using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>Logins succeed and are forgotten at once: stops the browser, and says what is lost on the way and who loses it.</summary>
internal sealed class LoginLoop(OutpostReports reports, Refusals refusals)
{
    public Task StopAsync(HttpContext context, ProtectedSite site, LoginCookie cookie, string target)
    {
        const int status = StatusCodes.Status400BadRequest;
        Span<SessionKey> keys = stackalloc SessionKey[SessionCookie.MaxCandidates];
        // this request has what the check did not get, or the browser has dropped what it was given
        var isSent = SessionCookie.Read(context.Request, site, keys) > 0;
        var report = isSent
            ? reports.Problem(context, OutpostFinding.LoginGoesRound, site, status, $"Checks without the cookie {site.HostCookie}, which the browser sends.",
                "Each check with the Cookie header of the browser's request.", site.Advice.Cookie)
            : reports.Problem(context, OutpostFinding.LoginGoesRound, site, status, $"A browser without the cookie {NameOf(site)}, just after it was set.",
                $"A browser that keeps the cookie for {Scope(site)}.",
                site.IsDomain
                    ? $"Set the provider's cookie domain to a domain that every protected host is under ({site.Domain} now), and look for lines in {site.Advice.Proxy} that delete cookies."
                    : $"Open the application at {site.ExternalOrigin}, the provider's external host, and look for lines in {site.Advice.Proxy} that delete cookies.");
        // whoever tries again starts to count anew
        (cookie with { Bounces = 0, Since = 0 }).Write(context.Response, site);
        return refusals.PageAsync(context, new OutpostPage(OutpostPageKind.LoginGoesRound, status, site.Provider, report, target));
    }

    private static string NameOf(ProtectedSite site) => site.IsDomain ? $"{site.HostCookie} or {site.DomainCookie}" : site.HostCookie;

    private static string Scope(ProtectedSite site) => site.IsDomain ? "each host under " + site.Domain : site.ExternalOrigin;
}
