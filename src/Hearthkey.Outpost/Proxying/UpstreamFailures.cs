using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Hearthkey.Outpost.Proxying;

/// <summary>Answers where the application did not: a person reads what to check, the operator what happened, a program a bare status.</summary>
internal sealed class UpstreamFailures(OutpostReports reports, Refusals refusals)
{
    private const string Compare = "Start the application, and compare its address with the internal host of the provider. In a container, localhost is the container itself.";

    /// <summary>The request came back from where it was handed on to.</summary>
    public Task LoopAsync(HttpContext context, ProtectedSite site)
    {
        site.IsUpstreamFailing = true;
        reports.Problem(context, OutpostFinding.UpstreamLoop, site, StatusCodes.Status508LoopDetected, $"A request that {site.Upstream!.Origin} sent back to this server.",
            "The address where the application itself listens.", "Correct the internal host of the provider.");
        context.Response.StatusCode = StatusCodes.Status508LoopDetected;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("this request goes round", context.RequestAborted);
    }

    public Task AnswerAsync(HttpContext context, ProtectedSite site, Upstream upstream, ForwarderError error)
    {
        // what the client did wrong is not the application's fault
        if (error is ForwarderError.RequestBodyClient or ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient
            or ForwarderError.UpgradeResponseClient or ForwarderError.UpgradeActivityTimeout)
            return Task.CompletedTask;
        var (finding, came, expected, change) = Explain(upstream, error, context.Features.Get<IForwarderErrorFeature>()?.Exception);
        var status = finding == OutpostFinding.UpstreamSilent ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway;
        site.IsUpstreamFailing = true;
        reports.Problem(context, finding, site, status, came, expected, change);
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.Headers.CacheControl = "no-store";
        var kind = finding == OutpostFinding.UpstreamSilent ? OutpostPageKind.ApplicationSilent : OutpostPageKind.ApplicationAway;
        if (Visit.IsToPage(context.Request))
            return refusals.PageAsync(context, new OutpostPage(kind, status, site.Provider, RetryUrl: RetryOf(context.Request, site)));
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("the application does not answer", context.RequestAborted);
    }

    // a whole address: a path that begins with two slashes would lead elsewhere
    private static string? RetryOf(HttpRequest request, ProtectedSite site) =>
        HttpMethods.IsGet(request.Method) ? site.ExternalOrigin + RequestTarget.PathAndQuery(request) : null;

    private static (OutpostFinding Finding, string Came, string Expected, string Change) Explain(Upstream upstream, ForwarderError error, Exception? why)
    {
        var there = upstream.Origin;
        if (error == ForwarderError.RequestTimedOut)
            return (OutpostFinding.UpstreamSilent, $"{there} took the request or the connection, and then sent nothing.", "An answer within five minutes.",
                "Look into the application's log. If it listens at another address, correct the internal host of the provider.");
        if (Inner<AuthenticationException>(why) is { } untrusted && untrusted.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase))
            return (OutpostFinding.UpstreamCertificate, $"{there}: {untrusted.Message}", "A certificate that this machine trusts, made out to that name or to the external host.",
                "Give the application such a certificate, or switch off “Check the application's certificate” (internal_host_ssl_validation) in the provider.");
        if (why is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError })
            return (OutpostFinding.UpstreamAway, $"{there}: this machine knows no {upstream.HostName}.", "A name that this machine can look up.", Compare);
        if (why is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
            return (OutpostFinding.UpstreamAway, $"{there}: what listens there speaks no TLS.", "An application that speaks https.",
                "Write http:// in the internal host of the provider, if the application has no certificate.");
        if (why is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded })
            return (OutpostFinding.UpstreamAway, $"{there}: the answer was no HTTP, or broke off.", "An answer in HTTP.",
                "If the application wants TLS, write https:// in the internal host of the provider. Otherwise look into its log.");
        if (Inner<SocketException>(why) is { } socket)
            return (OutpostFinding.UpstreamAway, $"{there}: {socket.Message}.", "An application that listens there.", Compare);
        return (OutpostFinding.UpstreamAway, $"{there}: {why?.Message ?? error.ToString()}", "A whole answer.", "Look into the application's log.");
    }

    private static T? Inner<T>(Exception? of) where T : Exception
    {
        for (var one = of; one is not null; one = one.InnerException)
        {
            if (one is T found)
                return found;
        }
        return null;
    }
}
