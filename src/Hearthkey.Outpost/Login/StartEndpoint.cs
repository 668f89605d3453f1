using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary><c>/start</c>: validates the return address and begins a login.</summary>
internal sealed class StartEndpoint(LoginRedirect login, LostPort lostPort, Gate gate, OutpostReports reports, Refusals refusals)
{
    public Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        // images, scripts and sockets follow redirects too; none of them can show a login
        if (!Visit.Is(context.Request.Headers))
            return Refusals.UnauthorizedAsync(context);
        var target = ReturnTarget.Read(context.Request.QueryString.Value, site, url);
        if ((configuration.IsOwnOrigin(url) && configuration.IsOwnOrigin(target.Asked)) || site.IsAuthorization(target.Asked))
            return refusals.LoginHostProtectedAsync(context, site, target.Asked);
        return site.HasRules && ForwardedUrl.TryParse(target.Url, out var end) && configuration.Find(end) == site
            ? BeginUnlessDeniedAsync(context, configuration, site, url, target, end)
            : BeginAsync(context, site, url, target);
    }

    // whom a rule keeps out after the login, another login would lead here again
    private async Task BeginUnlessDeniedAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, ReturnTarget target, ForwardedUrl end)
    {
        var passage = await gate.OfSessionsAsync(context, configuration, site, end);
        await (passage.Kind == PassageKind.Denied ? refusals.HostDeniedAsync(context, site, end) : BeginAsync(context, site, url, target));
    }

    private Task BeginAsync(HttpContext context, ProtectedSite site, in ForwardedUrl url, in ReturnTarget target)
    {
        switch (lostPort.Judge(context, site, url, target.Asked, out var seen))
        {
            case PortVerdict.Lost:
                return RefuseAsync(context, site,
                    reports.PortMissing(context, site, StatusCodes.Status400BadRequest, url.Key.ToString(), seen.Key.ToString()));
            case PortVerdict.Ask:
                return AskAsync(context, site);
            case PortVerdict.Unanswered:
                reports.PortMissing(context, site, 0, url.Key.ToString(), $"{url.HostName}:{site.External.Port}, if the application has that port.");
                break;
        }
        if (target.Noticed is { } noticed)
            Report(context, site, noticed);
        return login.StartAsync(context, site, ReturnTarget.OriginOf(site, url), target.Url, 0);
    }

    private Task RefuseAsync(HttpContext context, ProtectedSite site, OutpostReport report) =>
        refusals.PageAsync(context, new OutpostPage(OutpostPageKind.Misconfigured, StatusCodes.Status400BadRequest, site.Provider, report));

    // a page that the browser leaves at once, and then says where it was
    private Task AskAsync(HttpContext context, ProtectedSite site)
    {
        var next = LostPort.Next(context.Request);
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers["Refresh"] = "0; url=" + next;
        return refusals.PageAsync(context, new OutpostPage(OutpostPageKind.OneMoment, StatusCodes.Status200OK, site.Provider, RetryUrl: next));
    }

    private void Report(HttpContext context, ProtectedSite site, OutpostFinding noticed)
    {
        var came = "rd=" + RawQuery.ReturnAddress(context.Request.QueryString.Value);
        if (noticed == OutpostFinding.ReturnAddressRelative)
            reports.Problem(context, noticed, site, StatusCodes.Status302Found, came,
                "An absolute address, as the provider covers many hosts.",
                site.Advice.Return ?? NginxDialect.Advice.Return!);
        else
            reports.Problem(context, noticed, site, StatusCodes.Status302Found, came,
                site.IsDomain ? "An address under " + site.Domain + "." : "An address on " + site.ExternalOrigin + ".",
                "Compare the external host and cookie domain of the provider with the address that the proxy sends, port included.");
    }
}
