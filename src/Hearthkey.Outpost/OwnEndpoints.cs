using Hearthkey.Outpost.Login;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>What a browser itself asks of an outpost: start, callback and sign-out. By their paths, or by a flag on any path of an application.</summary>
internal sealed class OwnEndpoints(StartEndpoint start, CallbackEndpoint callback, SignOutEndpoint signOut)
{
    /// <summary>The endpoint that a path and query mean, or null. <paramref name="query"/> begins with its question mark, or is empty.</summary>
    public static string? Of(string path, string? query)
    {
        if (RawQuery.HasFlag(query, OutpostPaths.CallbackFlag))
            return OutpostPaths.Callback;
        if (RawQuery.HasFlag(query, OutpostPaths.LogoutFlag))
            return OutpostPaths.SignOut;
        return RequestPath.IsOwn(path) ? path : null;
    }

    /// <summary>Answers; the query is read from the request.</summary>
    public Task AnswerAsync(HttpContext context, OutpostConfiguration configuration, string endpoint, ProtectedSite site, in ForwardedUrl url)
    {
        switch (endpoint)
        {
            case OutpostPaths.Start or OutpostPaths.SignIn:
                return start.HandleAsync(context, configuration, site, url);
            case OutpostPaths.Callback:
                return callback.HandleAsync(context, configuration, site, url);
            case OutpostPaths.SignOut:
                return signOut.HandleAsync(context, configuration, site, url);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
