using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// The URL of a request that a browser makes itself (start, callback, sign-out): from <c>Host</c>; from <c>X-Forwarded-Host</c> only where
/// <c>Host</c> names nobody and a trusted proxy says so. A proxy's <c>X-Original-URL</c> must name the same host.
/// </summary>
internal sealed class BrowserUrl(OutpostOptions options)
{
    /// <summary>Reads it; null when all is well, else what is wrong.</summary>
    public OutpostFinding? Read(HttpContext context, OutpostConfiguration configuration, out ForwardedUrl url)
    {
        var request = context.Request;
        var path = request.Path.Value + request.QueryString.Value;
        var isKnown = ForwardedUrl.TryParse(request.IsHttps, request.Host.Value, path, out url);
        if (RequestTarget.Contradicts(request))
            return OutpostFinding.HostsDisagree;
        var originals = request.Headers[OriginalUrl.Header];
        ForwardedUrl original = default;
        if (originals.Count > 1 || (originals.Count == 1 && !ForwardedUrl.TryParse(originals[0], out original)))
            return OutpostFinding.UrlMalformed;

        var isTrusted = options.IsTrustedPeer(context);
        if (isKnown && isTrusted && original.IsSet && original.HostName.SequenceEqual(url.HostName))
            url = Complete(url, original, path);
        if (isTrusted && !Names(configuration, url) && FirstForwarded(request) is { } forwarded
            && ForwardedUrl.TryParse(request.IsHttps, forwarded, path, out var named))
            url = named;
        if (original.IsSet && !original.HostName.SequenceEqual(url.HostName))
            return OutpostFinding.HostsDisagree;
        // the check goes by this one: where nobody serves it, no login would ever end
        if (isTrusted && original.IsSet && configuration.Find(original) is not { Provider.IsAssignedToOutpost: true })
            url = original;
        return configuration.Find(url) is { Provider.IsAssignedToOutpost: true } ? null : OutpostFinding.UnknownHost;
    }

    /// <summary>
    /// Reads the URL of a request in proxy mode: path and query as they were sent, the host from <c>Host</c>, or from a trusted proxy where
    /// <c>Host</c> names nobody. Null when all is well.
    /// </summary>
    public OutpostFinding? ReadProxied(HttpContext context, OutpostConfiguration configuration, out ForwardedUrl url)
    {
        var request = context.Request;
        var target = RequestTarget.PathAndQuery(request);
        ForwardedUrl.TryParse(request.IsHttps, request.Host.Value, target, out url);
        if (!Names(configuration, url) && FirstForwarded(request) is { } forwarded && options.IsTrustedPeer(context)
            && ForwardedUrl.TryParse(request.IsHttps, forwarded, target, out var named))
            url = named;
        if (RequestTarget.Contradicts(request))
            return OutpostFinding.HostsDisagree;
        return configuration.Find(url) is { Provider.IsAssignedToOutpost: true } ? null : OutpostFinding.UnknownHost;
    }

    private static bool Names(OutpostConfiguration configuration, in ForwardedUrl url) =>
        configuration.Find(url) is not null || configuration.IsOwnOrigin(url);

    // the proxy knows the scheme; and older texts send $host, which has lost its port, beside a whole address
    private static ForwardedUrl Complete(in ForwardedUrl url, in ForwardedUrl original, string path)
    {
        var authority = url.Port == 0 ? original.Key : url.Key;
        return ForwardedUrl.TryParse(original.IsHttps, authority.ToString(), path, out var whole) ? whole : url;
    }

    private static string? FirstForwarded(HttpRequest request)
    {
        var value = request.Headers["X-Forwarded-Host"].ToString();
        var comma = value.IndexOf(',', StringComparison.Ordinal);
        value = (comma < 0 ? value : value[..comma]).Trim();
        return value.Length == 0 ? null : value;
    }
}
