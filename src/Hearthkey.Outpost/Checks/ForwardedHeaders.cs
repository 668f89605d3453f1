using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary><c>X-Forwarded-Proto</c>, <c>-Host</c> and <c>-Uri</c>: the address in three headers, as Traefik and Caddy send it.</summary>
internal static class ForwardedHeaders
{
    public const string Proto = "X-Forwarded-Proto";
    public const string Host = "X-Forwarded-Host";
    public const string Uri = "X-Forwarded-Uri";

    public static OutpostFinding? Read(HttpRequest request, OutpostConfiguration configuration, out ForwardedUrl url)
    {
        url = default;
        var headers = request.Headers;
        var proto = headers[Proto];
        var host = headers[Host];
        var uri = headers[Uri];
        if (proto.Count == 0 || host.Count == 0 || uri.Count == 0)
            return OutpostFinding.UrlMissing;
        // a value that came twice is a client's and a proxy's, and nobody can tell which is which
        if (proto.Count != 1 || host.Count != 1 || uri.Count != 1 || !TryScheme(proto[0], out var isHttps)
            || uri[0] is not ['/', ..] path || !ForwardedUrl.TryParse(isHttps, host[0], path, out url))
            return OutpostFinding.UrlMalformed;
        return IsElsewhere(request, configuration, url) ? OutpostFinding.HostsDisagree : null;
    }

    /// <summary>The scheme of a browser's connection; a WebSocket has names of its own.</summary>
    public static bool TryScheme(string? proto, out bool isHttps)
    {
        isHttps = proto is not null && (Is(proto, "https") || Is(proto, "wss"));
        return isHttps || (proto is not null && (Is(proto, "http") || Is(proto, "ws")));
    }

    /// <summary>
    /// True when <c>Host</c> names another host that is protected. A proxy that trusts whole networks hands on a client's own
    /// <c>X-Forwarded-Host</c>, but routes by <c>Host</c>. Traefik writes the login's address there, which is nobody's application.
    /// </summary>
    private static bool IsElsewhere(HttpRequest request, OutpostConfiguration configuration, in ForwardedUrl url)
    {
        if (!ForwardedUrl.TryParse(url.IsHttps, request.Host.Value, "/", out var host) || host.HostName.SequenceEqual(url.HostName))
            return false;
        return configuration.Find(host) is { } site && !configuration.IsOwnOrigin(host)
            && !(site.IsDomain && host.Key.SequenceEqual(site.External.Key));
    }

    private static bool Is(string sent, string scheme) => sent.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
