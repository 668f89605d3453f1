using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Proxy mode: every request for the provider's host is ours. <see cref="Gate"/> decides; what passes is handed to the application, a person
/// without a session is led to the login, everything else is refused.
/// </summary>
internal sealed class ProxyEndpoint(
    OutpostOptions options, Gate gate, OutpostReports reports, Refusals refusals, IdentityHeaders identities, SessionWatch watch, TimeProvider time)
    : IDisposable
{
    /// <summary>What an operator is told to write: there may be another proxy or a tunnel in front of us.</summary>
    public static Advice Advice { get; } = new(
        "the proxy or tunnel in front of this server",
        "Let what stands in front of this server pass on the request as it came.",
        "If this was no attack, let what stands in front of this server pass on Host unchanged.",
        "Let what stands in front of this server pass on Host with its port: in nginx, proxy_set_header Host $http_host; Or correct the external host.",
        "Give the application a host of its own, other than the login's.",
        null,
        "Let what stands in front of this server pass on the header Cookie unchanged.")
    {
        Method = "",
    };

    /// <summary>Own choice: longer than the pauses that long polls, event streams and WebSockets make.</summary>
    private static readonly ForwarderRequestConfig _config = new() { ActivityTimeout = TimeSpan.FromMinutes(5) };

    private readonly IHttpForwarder _forwarder = Forwarders.Create();
    private readonly OutboundHeaders _headers = new(options, identities);
    private readonly UpstreamFailures _failures = new(reports, refusals);
    private readonly Upstreams _upstreams = new(time);

    /// <summary>Pools of connections to applications.</summary>
    internal Upstreams Upstreams => _upstreams;

    /// <summary>Requests under watch.</summary>
    internal int UnderWay => watch.Count;

    public Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url)
    {
        if (_headers.HasPassed(context.Request))
            return _failures.LoopAsync(context, site);
        var decision = gate.DecideAsync(context, configuration, site, url);
        return decision.IsCompletedSuccessfully
            ? AnswerAsync(context, configuration, site, url, decision.Result)
            : LaterAsync(decision, context, configuration, site, url);
    }

    public void Dispose()
    {
        watch.Dispose();
        _upstreams.Dispose();
    }

    private async Task LaterAsync(
        ValueTask<Passage> decision, HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url) =>
        await AnswerAsync(context, configuration, site, url, await decision);

    private Task AnswerAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url, in Passage passage)
    {
        if (passage.Kind == PassageKind.Granted)
            return ForwardAsync(context, configuration, site, url, passage);
        context.Response.Headers.CacheControl = "no-store";
        if (passage.Kind == PassageKind.Unavailable)
            return refusals.UnavailableAsync(context, site, isSeen: true);
        if (passage.RetryAfter is { } wait)
            return Refusals.TooManyAsync(context, wait);
        if (!site.IsUpstreamFailing)
            reports.Arrived(site, context, url, Advice);
        return AskForLoginAsync(context, site, url, passage.IsHeaderRefused);
    }

    private Task AskForLoginAsync(HttpContext context, ProtectedSite site, in ForwardedUrl url, bool isHeaderRefused)
    {
        var request = context.Request;
        // a program that shows credentials is told that they are no good, not sent to a page
        var hasCredentials = isHeaderRefused && site.Provider.InterceptsAuthorization && !Visit.IsSaid(request.Headers);
        if (hasCredentials && Refusals.ReadsPages(context))
            return refusals.PageAsync(context, new OutpostPage(OutpostPageKind.CredentialsRefused, StatusCodes.Status401Unauthorized, site.Provider));
        if (hasCredentials || !Visit.IsToPage(request))
            return Refusals.UnauthorizedAsync(context);
        var target = Uri.EscapeDataString(site.ExternalOrigin + url.PathAndQuery.ToString());
        // after a form was sent, the browser must not send it to the login
        context.Response.StatusCode = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = site.ExternalOrigin + OutpostPaths.Start + "?rd=" + target;
        return Task.CompletedTask;
    }

    private async Task ForwardAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, Passage passage)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var upstream = site.Upstream!;
        // what needs nobody now needs nobody later either
        using var underWay = passage.Identity is null ? null : watch.Begin(context, url, passage);
        OutboundHeaders.Clean(context, site, passage);
        var transformer = new ForwardedRequest(_headers, site, passage.Identity, url.PathAndQuery.ToString());
        var pool = _upstreams.Find(configuration, upstream);
        var error = await _forwarder.SendAsync(context, upstream.Origin, pool, _config, transformer, CancellationToken.None);
        if (error == ForwarderError.None)
        {
            site.IsUpstreamFailing = false;
            reports.Arrived(site, context, url, Advice);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            await _failures.AnswerAsync(context, site, upstream, error);
        }
    }
}
