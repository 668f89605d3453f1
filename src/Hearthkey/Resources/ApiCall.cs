using System.Globalization;
using System.Text.Json;
using Hearthkey.Audit;
using Hearthkey.Resources.Rest;

namespace Hearthkey.Resources;

/// <summary>One call of the API.</summary>
public sealed class ApiCall(HttpContext context, Caller? caller)
{
    private static readonly JsonElement _nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Who calls; there is one unless the endpoint is open to anyone.</summary>
    public Caller Caller => caller ?? throw new InvalidOperationException("This endpoint is open to anyone: it has no caller.");

    public Caller? CallerOrNull => caller;

    public Actor Actor => caller?.Actor(context) ?? Actor.Unknown(context);

    /// <summary>The JSON object that was sent, or an empty one.</summary>
    public JsonElement Body { get; private set; } = _nothing;

    /// <summary>The part of a list that the query asks for.</summary>
    public ListRequest List()
    {
        var query = context.Request.Query;
        var sizes = context.RequestServices.GetRequiredService<PageSizes>();
        var arguments = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in query)
            foreach (var value in values) arguments.Add(new(name, JsonTexts.WithoutNull(value ?? "")));
        return new(
            Number(query["page"], 1, int.MaxValue) ?? 1,
            Number(query["page_size"], 1, sizes.Most) ?? sizes.Usual,
            query["ordering"].ToString(), JsonTexts.WithoutNull(query["search"].ToString().Trim()), arguments);
    }

    /// <summary>Reads the body; false where it could not be read, and the answer has been written.</summary>
    internal async Task<bool> ReadBodyAsync(int max, CancellationToken ct)
    {
        if (context.Request.ContentLength is 0 || (context.Request.ContentLength is null && !context.Request.Headers.ContainsKey("Transfer-Encoding"))) return true;
        if (context.Request.ContentLength > max)
        {
            await context.AnswerDetailAsync(StatusCodes.Status413PayloadTooLarge, "The body is larger than 1 MB.");
            return false;
        }
        if (!context.Request.HasJsonContentType())
        {
            await context.AnswerDetailAsync(StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json.");
            return false;
        }
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new() { MaxDepth = 32, AllowDuplicateProperties = false }, ct);
            if (!JsonTexts.AreStorable(document.RootElement))
            {
                await context.AnswerDetailAsync(StatusCodes.Status400BadRequest, JsonTexts.Refusal);
                return false;
            }
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Body = document.RootElement.Clone();
                return true;
            }
            await context.AnswerDetailAsync(StatusCodes.Status400BadRequest, "Invalid data. Expected a dictionary.");
        }
        catch (InvalidOperationException)
        {
            // the name of a field is no Unicode
            await context.AnswerDetailAsync(StatusCodes.Status400BadRequest, JsonTexts.Refusal);
        }
        catch (JsonException e)
        {
            await context.AnswerDetailAsync(StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"JSON parse error at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}."));
        }
        return false;
    }

    private static int? Number(string? text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= min ? Math.Min(n, max) : null;
}
