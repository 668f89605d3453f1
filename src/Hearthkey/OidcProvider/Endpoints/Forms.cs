namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Parameters of a request as the engine wants them: every value, in order, repeated names included.</summary>
internal static class Forms
{
    /// <summary>Own choice: the engine reads 16,384 characters, of which each may be three bytes long on the way.</summary>
    private const long MostBytes = 64 * 1024;

    public static List<KeyValuePair<string, string>> Query(HttpContext context) => Flat(context.Request.Query);

    /// <summary>The fields of a form body; null where the body is none, is too large or cannot be read.</summary>
    public static async ValueTask<List<KeyValuePair<string, string>>?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding")) return [];
        if (request.ContentLength > MostBytes || !IsUrlEncoded(request.ContentType)) return null;
        try
        {
            context.Features.Set<Microsoft.AspNetCore.Http.Features.IFormFeature>(
                new Microsoft.AspNetCore.Http.Features.FormFeature(request, new() { BufferBodyLengthLimit = MostBytes, ValueCountLimit = 256 }));
            return Flat(await request.ReadFormAsync(context.RequestAborted));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static bool IsUrlEncoded(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static List<KeyValuePair<string, string>> Flat(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> sent)
    {
        var all = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in sent)
            foreach (var value in values) all.Add(new(name, value ?? ""));
        return all;
    }
}
