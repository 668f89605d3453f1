using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary><c>/start</c>: validates the return address and begins a login.</summary>
internal sealed class StartEndpoint(LoginRedirect login, OutpostReports reports, Refusals refusals)
{
    public Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        var target = ReturnTarget.Read(context.Request.QueryString.Value, site, url);
        if (configuration.IsOwnOrigin(url) && configuration.IsOwnOrigin(target.Asked))
            return RefuseOwnHostAsync(context, site, target.Asked);
        if (target.Refused is { } refused)
            Report(context, site, refused);
        if (site.IsDomain && url.Port == 0 && site.External.Port != 0)
            reports.Problem(context, OutpostFinding.PortMissing, site, 0, url.ToString(),
                $"{url.HostName}:{site.External.Port}, if the application has that port.",
                "If the application is not on the usual port, use $http_host instead of $host in Host and X-Original-URL.");
        var origin = url.Key.SequenceEqual(site.External.Key) ? site.ExternalOrigin : url.Origin(site.IsHttps);
        return login.StartAsync(context, site, origin, target.Url, 0);
    }

    private Task RefuseOwnHostAsync(HttpContext context, ProtectedSite site, in ForwardedUrl asked)
    {
        const int status = StatusCodes.Status400BadRequest;
        var report = reports.Problem(context, OutpostFinding.LoginHostProtected, site, status, asked.ToString(),
            "The address of an application; this is the address of the login itself.",
            "Remove auth_request and the two locations of the forward-auth text from the nginx server of the login host.");
        return refusals.PageAsync(context, new OutpostPage(OutpostPageKind.LoginHostProtected, status, site.Provider, report));
    }

    private void Report(HttpContext context, ProtectedSite site, OutpostFinding refused)
    {
        var came = "rd=" + RawQuery.ReturnAddress(context.Request.QueryString.Value);
        if (refused == OutpostFinding.ReturnAddressRelative)
            reports.Problem(context, refused, site, StatusCodes.Status302Found, came,
                "An absolute address, as the provider covers many hosts.",
                "Write in nginx: return 302 /outpost.goauthentik.io/start?rd=$scheme://$http_host$request_uri;");
        else
            reports.Problem(context, refused, site, StatusCodes.Status302Found, came,
                site.IsDomain ? "An address under " + site.Domain + "." : "An address on " + site.ExternalOrigin + ".",
                "Compare the external host and cookie domain of the provider with the address that the proxy sends, port included.");
    }
}
