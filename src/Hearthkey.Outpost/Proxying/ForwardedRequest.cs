using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Makes one request to an application from one that passed, and its answer from the application's. The path and query go on exactly as they
/// were sent, so that what was decided upon is what is served.
/// </summary>
internal sealed class ForwardedRequest(OutboundHeaders headers, ProtectedSite site, Identity? identity, string pathAndQuery) : HttpTransformer
{
    private static readonly UriCreationOptions _asSent = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(destinationPrefix + pathAndQuery, _asSent);
        proxyRequest.Headers.Host = site.Authority;
        headers.Add(httpContext, site, identity, proxyRequest);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var isCopied = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        OwnCookies.RemoveFrom(httpContext.Response.Headers);
        return isCopied;
    }
}
