using System.Net;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>What the host of the library decides.</summary>
public sealed class OutpostOptions
{
    /// <summary>Draws a page. The status is set on the response; the delegate writes the body and may set more headers.</summary>
    public required Func<HttpContext, OutpostPage, Task> RenderPage { get; init; }

    /// <summary>
    /// True when the connection's other end may name the URL that was asked (<c>X-Original-URL</c>, <c>X-Forwarded-Host</c>): loopback,
    /// private ranges and what the operator listed.
    /// </summary>
    public required Func<HttpContext, bool> IsTrustedPeer { get; init; }

    /// <summary>The address that a request came from, as far as it is believed, and whether it is certain; applications in proxy mode are told it. Default: the connection's other end.</summary>
    public Func<HttpContext, (IPAddress Address, bool IsCertain)> Client { get; init; } =
        context => (context.Connection.RemoteIpAddress ?? IPAddress.None, true);

    /// <summary>A word that names this request on its page and in its report. Default: the server's trace identifier.</summary>
    public Func<HttpContext, string> Reference { get; init; } = context => context.TraceIdentifier;

    /// <summary>Version of the product, sent as <c>X-authentik-meta-version: goauthentik.io/outpost/VERSION</c>.</summary>
    public required string Version { get; init; }
}
