namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Lets the scripts of a client's own origins read its answers (Fetch §3.2). Origins are those of its strict redirect URIs.</summary>
internal static class Cors
{
    /// <summary>Answers the question that a browser asks before a request. It promises nothing: each answer decides by its client.</summary>
    public static Task PreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (context.Request.Headers.Origin is [{ } origin])
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = "true";
            headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
            headers.Vary = "Origin";
        }
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static void Allow(HttpContext context, RegisteredClient? client)
    {
        var headers = context.Response.Headers;
        headers.Append("Vary", "Origin");
        if (context.Request.Headers.Origin is not [{ } origin] || client?.Origins.Contains(origin) != true) return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
    }
}
