namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Answers that are no pages.</summary>
internal static class Answers
{
    /// <summary>To the client, with its answer. 303 after a POST: the form must not be sent there (RFC 9700 §4.12).</summary>
    public static IResult Redirect(HttpContext context, string location)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = location;
        return TypedResults.StatusCode(HttpMethods.IsPost(context.Request.Method) ? StatusCodes.Status303SeeOther : StatusCodes.Status302Found);
    }

    public static async Task JsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> json, bool mayBeKept = false)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        if (!mayBeKept)
        {
            response.Headers.CacheControl = "no-store";
            response.Headers.Pragma = "no-cache";
        }
        await response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }
}
