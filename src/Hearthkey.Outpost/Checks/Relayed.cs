using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// A browser's own request that came as a check, because the proxy asks for every address. What is no 2xx reaches the browser; a 2xx would
/// let the request pass to the application.
/// </summary>
internal static class Relayed
{
    /// <summary>The endpoint that is meant, or null for what belongs to the application.</summary>
    public static string? EndpointOf(in ForwardedUrl url)
    {
        var target = url.PathAndQuery;
        var query = target.IndexOf('?');
        var isOwn = target.StartsWith(OutpostPaths.Prefix);
        if (!isOwn && (query < 0 || !target[query..].Contains("X-authentik-", StringComparison.Ordinal)))
            return null;
        return OwnEndpoints.Of(
            isOwn && RequestPath.TryNormalize(target, out var path) ? path : "/", query < 0 ? "" : target[query..].ToString());
    }

    /// <summary>Gives the request the arguments of the address, and closes the door for whatever the answer says.</summary>
    public static HttpContext Prepare(HttpContext context, in ForwardedUrl url)
    {
        var query = url.PathAndQuery.IndexOf('?');
        context.Request.QueryString = query < 0 ? default : new QueryString(url.PathAndQuery[query..].ToString());
        context.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            if (response.StatusCode is >= 200 and < 300)
                response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }, context);
        return context;
    }
}
