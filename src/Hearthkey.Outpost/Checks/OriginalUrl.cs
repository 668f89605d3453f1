using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary><c>X-Original-URL</c>: the whole address in one header, as nginx, HAProxy and Apache send it.</summary>
internal static class OriginalUrl
{
    public const string Header = "X-Original-URL";

    /// <summary>Sent by the text that our page prints: the proxy's own idea of the host, which a forged <c>Host</c> cannot change.</summary>
    public const string ChosenHost = "X-Hearthkey-Host";

    public static OutpostFinding? Read(HttpRequest request, OutpostConfiguration configuration, out ForwardedUrl url)
    {
        url = default;
        var values = request.Headers[Header];
        if (values.Count == 0 || (values.Count == 1 && string.IsNullOrEmpty(values[0])))
            return OutpostFinding.UrlMissing;
        if (values.Count != 1 || !ForwardedUrl.TryParse(values[0], out url))
            return OutpostFinding.UrlMalformed;
        var chosen = request.Headers[ChosenHost];
        if (chosen.Count == 0)
            return null;
        return chosen.Count == 1 && IsSameName(chosen[0], url) ? null : OutpostFinding.HostsDisagree;
    }

    private static bool IsSameName(string? chosen, in ForwardedUrl url) =>
        url.HostName.SequenceEqual(chosen)
        || (ForwardedUrl.TryParse(false, chosen, "/", out var named) && named.HostName.SequenceEqual(url.HostName));
}
