namespace Hearthkey.Outpost.Checks;

/// <summary>Caddy <c>forward_auth</c>: as Traefik asks, with the application's own <c>Host</c>.</summary>
internal static class CaddyDialect
{
    public static Dialect Create() => new()
    {
        IsSpoken = static (_, path) => path == OutpostPaths.Auth + "/caddy",
        Read = ForwardedHeaders.Read,
        MethodOf = OriginalMethod.ReadForwarded,
        RelaysAnswers = true,
        Advice = new(
            "Caddy",
            "Use forward_auth in the Caddyfile, not reverse_proxy: it sends X-Forwarded-Uri. Take out header_up lines that remove X-Forwarded headers.",
            "If this was no attack, take trusted_proxies out of forward_auth in the Caddyfile, or list there the one address of the proxy that stands before Caddy.",
            "The proxy before Caddy loses the port: let it send X-Forwarded-Host with the port. Or correct the external host.",
            "Remove forward_auth from the site of the login host in the Caddyfile.",
            null,
            "Remove header_up -Cookie from forward_auth in the Caddyfile: without it the browser's cookies are sent.")
        {
            Method = "Take header_up -X-Forwarded-Method out of forward_auth in the Caddyfile: Caddy sends it by itself.",
        },
    };
}
