namespace Hearthkey.Outpost.Checks;

/// <summary>Traefik <c>forwardAuth</c>: a GET with <c>X-Forwarded-*</c>; every answer but a 2xx reaches the browser.</summary>
internal static class TraefikDialect
{
    public static Dialect Create() => new()
    {
        IsSpoken = static (_, path) => path == OutpostPaths.Auth + "/traefik",
        Read = ForwardedHeaders.Read,
        MethodOf = OriginalMethod.ReadForwarded,
        RelaysAnswers = true,
        Advice = new(
            "Traefik",
            "Ask from a forwardAuth middleware in Traefik, without trustForwardHeader: it then sends scheme, host and address of the request itself. Where another proxy stands before Traefik, list it in the entry point's forwardedHeaders.trustedIPs; never write insecure: true.",
            "If this was no attack, write the login server's own address into forwardAuth.address in Traefik, not the host of an application.",
            "The proxy before Traefik loses the port: let it send X-Forwarded-Host with the port. Or correct the external host.",
            "Remove the forwardAuth middleware from the Traefik router of the login host.",
            null,
            "Remove authRequestHeaders from Traefik's forwardAuth middleware, or list Cookie there: only listed headers are sent with the check.")
        {
            Method = "Take out of Traefik whatever removes X-Forwarded-Method: its forwardAuth middleware sends it by itself, unless authRequestHeaders leaves it out.",
        },
    };
}
