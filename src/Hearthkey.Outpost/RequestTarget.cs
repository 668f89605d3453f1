using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearthkey.Outpost;

/// <summary>The request line as it came. In absolute form it names a host of its own, which must be the one in <c>Host</c>.</summary>
internal static class RequestTarget
{
    /// <summary>The target, neither decoded nor tidied; null where the server does not tell.</summary>
    public static string? Raw(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target : null;

    /// <summary>Path and query byte for byte as they were sent.</summary>
    public static string PathAndQuery(HttpRequest request)
    {
        var target = Raw(request);
        if (target is null)
            return request.Path.ToUriComponent() + request.QueryString.Value;
        if (target[0] == '/')
            return target;
        if (!ForwardedUrl.TryParse(target, out var asked))
            return "/";
        var path = asked.PathAndQuery.ToString();
        return path.StartsWith('/') ? path : "/" + path;
    }

    /// <summary>True where the request line names another host than the header (RFC 9112 §3.2.2).</summary>
    public static bool Contradicts(HttpRequest request)
    {
        var target = Raw(request);
        if (target is null || target[0] == '/')
            return false;
        return !ForwardedUrl.TryParse(target, out var asked)
            || !ForwardedUrl.TryParse(asked.IsHttps, request.Host.Value, "/", out var host)
            || !asked.Key.SequenceEqual(host.Key);
    }
}
