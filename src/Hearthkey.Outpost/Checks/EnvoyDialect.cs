using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// Envoy and Istio <c>ext_authz</c> over HTTP: the original request itself, its path put behind ours, any method. Taken from the request line
/// as it came: decoded or tidied, it would be another path than the one Envoy serves.
/// </summary>
internal static class EnvoyDialect
{
    public const string Prefix = OutpostPaths.Auth + "/envoy";

    public static Dialect Create() => new()
    {
        IsSpoken = static (request, path) => IsBelow(RequestTarget.Raw(request) ?? path),
        Read = Read,
        MethodOf = static request => request.Method,
        RelaysAnswers = true,
        Advice = new(
            "Envoy",
            "Write in Envoy's ext_authz, under http_service: path_prefix: /outpost.goauthentik.io/auth/envoy, and let the check keep the application's Host.",
            "If this was no attack, do not rewrite Host before ext_authz in Envoy.",
            "Envoy's listener strips the port: remove strip_matching_host_port. Or correct the external host.",
            "Disable ext_authz for the login's virtual host in Envoy: typed_per_filter_config, disabled: true.",
            null,
            "Add cookie to allowed_headers of ext_authz in Envoy (Istio: includeRequestHeadersInCheck): only listed headers are sent with the check.")
        {
            Method = "Let Envoy ask by HTTP (http_service of ext_authz): the check then has the method of the request.",
        },
    };

    private static OutpostFinding? Read(HttpRequest request, OutpostConfiguration configuration, out ForwardedUrl url)
    {
        url = default;
        var target = RequestTarget.Raw(request);
        if (target is null || !IsBelow(target))
            return OutpostFinding.UrlMalformed;
        var path = target[Prefix.Length..];
        var proto = request.Headers[ForwardedHeaders.Proto];
        // Envoy sends the scheme only where it is told to; what is protected speaks https unless its external host says otherwise
        var isHttps = true;
        if (proto.Count > 1 || (proto.Count == 1 && !ForwardedHeaders.TryScheme(proto[0], out isHttps)))
            return OutpostFinding.UrlMalformed;
        return ForwardedUrl.TryParse(isHttps, request.Host.Value, path.Length == 0 || path[0] == '?' ? "/" + path : path, out url)
            ? null : OutpostFinding.UrlMalformed;
    }

    private static bool IsBelow(string target) =>
        target.StartsWith(Prefix, StringComparison.Ordinal) && (target.Length == Prefix.Length || target[Prefix.Length] is '/' or '?');
}
