using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// nginx <c>auth_request</c>, and what asks the same way: Nginx Proxy Manager, ingress-nginx, HAProxy. <c>X-Original-URL</c> alone says
/// what was asked; the answer is 200 or 401, because nginx can pass on nothing else.
/// </summary>
internal static class NginxDialect
{
    public const string OriginalUrl = "X-Original-URL";

    /// <summary>Sent by the text that our page prints: nginx's own idea of the host, which a forged <c>Host</c> cannot change.</summary>
    public const string ChosenHost = "X-Hearthkey-Host";

    public static Dialect Create() => new([OutpostPaths.Auth + "/nginx", OutpostPaths.Auth], Read, AnswerAnonymousAsync);

    private static OutpostFinding? Read(HttpRequest request, out ForwardedUrl url)
    {
        url = default;
        var values = request.Headers[OriginalUrl];
        if (values.Count == 0 || (values.Count == 1 && string.IsNullOrEmpty(values[0])))
            return OutpostFinding.OriginalUrlMissing;
        if (values.Count != 1 || !ForwardedUrl.TryParse(values[0], out url))
            return OutpostFinding.OriginalUrlMalformed;
        var chosen = request.Headers[ChosenHost];
        if (chosen.Count == 0)
            return null;
        return chosen.Count == 1 && IsSameName(chosen[0], url) ? null : OutpostFinding.HostsDisagree;
    }

    private static bool IsSameName(string? chosen, in ForwardedUrl url) =>
        url.HostName.SequenceEqual(chosen)
        || (ForwardedUrl.TryParse(false, chosen, "/", out var named) && named.HostName.SequenceEqual(url.HostName));

    private static Task AnswerAnonymousAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("unauthorized request", context.RequestAborted);
    }
}
