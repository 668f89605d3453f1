using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>The method of the original request, where the check has one of its own.</summary>
internal static class OriginalMethod
{
    /// <summary>Sent by the texts that our page prints for nginx, HAProxy and Apache, and by ingress-nginx.</summary>
    public const string Header = "X-Original-Method";

    /// <summary>Sent by Traefik and Caddy.</summary>
    public const string Forwarded = "X-Forwarded-Method";

    /// <summary>Null where it did not come, or came twice.</summary>
    public static string? Read(HttpRequest request) => Single(request, Header);

    /// <inheritdoc cref="Read"/>
    public static string? ReadForwarded(HttpRequest request) => Single(request, Forwarded);

    private static string? Single(HttpRequest request, string name) => request.Headers[name] is [{ Length: > 0 } method] ? method : null;
}
