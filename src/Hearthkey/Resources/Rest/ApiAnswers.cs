using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.Resources.Rest;

/// <summary>Writes outcomes as the API's bodies.</summary>
internal static class ApiAnswers
{
    public static async Task WriteAsync<T>(HttpContext http, Outcome<T> outcome, JsonTypeInfo<T> json, int done) where T : class
    {
        if (outcome.Value is not { } value) await WriteFailureAsync(http, outcome);
        else if (done == StatusCodes.Status204NoContent) http.Response.StatusCode = done;
        else await WriteAsync(http, done, w => JsonSerializer.Serialize(w, value, json));
    }

    public static Task WriteFailureAsync<T>(HttpContext http, Outcome<T> outcome) where T : class => outcome switch
    {
        { Errors: { } errors } => WriteAsync(http, StatusCodes.Status400BadRequest, w => errors.ToJson().WriteTo(w)),
        { Refusal: { } sentence } => DetailAsync(http, StatusCodes.Status403Forbidden, sentence, outcome.Code),
        _ => DetailAsync(http, StatusCodes.Status404NotFound, "No object matches the given query."),
    };

    public static Task DetailAsync(HttpContext http, int status, string detail, string? code = null) => WriteAsync(http, status, w =>
    {
        w.WriteStartObject();
        w.WriteString("detail", detail);
        if (code is not null) w.WriteString("code", code);
        w.WriteEndObject();
    });

    public static Task WriteListAsync<T>(HttpContext http, ListPage<T> page, JsonTypeInfo<T> json) => WriteAsync(http, StatusCodes.Status200OK, w =>
    {
        w.WriteStartObject();
        w.WriteStartObject("pagination");
        w.WriteNumber("next", page.Page < page.TotalPages ? page.Page + 1 : 0);
        w.WriteNumber("previous", page.Page > 1 ? page.Page - 1 : 0);
        w.WriteNumber("count", page.Count);
        w.WriteNumber("current", page.Page);
        w.WriteNumber("total_pages", page.TotalPages);
        w.WriteNumber("start_index", page.Count == 0 ? 0 : (page.Page - 1) * page.PageSize + 1);
        w.WriteNumber("end_index", (page.Page - 1) * page.PageSize + page.Results.Count);
        w.WriteEndObject();
        w.WriteStartArray("results");
        foreach (var result in page.Results) JsonSerializer.Serialize(w, result, json);
        w.WriteEndArray();
        w.WriteStartObject("autocomplete");
        w.WriteEndObject();
        w.WriteEndObject();
    });

    public static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        body(writer);
        await writer.FlushAsync(http.RequestAborted);
    }
}
