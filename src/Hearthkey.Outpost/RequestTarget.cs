using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearthkey.Outpost;

/// <summary>A request line in absolute form may name a host of its own; it must be the one in <c>Host</c>.</summary>
internal static class RequestTarget
{
    /// <summary>True where the request line names another host than the header (RFC 9112 §3.2.2).</summary>
    public static bool Contradicts(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] == '/')
            return false;
        return !ForwardedUrl.TryParse(target, out var asked)
            || !ForwardedUrl.TryParse(asked.IsHttps, request.Host.Value, "/", out var host)
            || !asked.Key.SequenceEqual(host.Key);
    }
}
