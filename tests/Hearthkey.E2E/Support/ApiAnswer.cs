using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Support;

/// <summary>One step that the generated client took.</summary>
/// <param name="Step">The call, for messages.</param>
/// <param name="Operation">Operation of the API description, or null where there is none.</param>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">The answer as it came, names as on the wire.</param>
/// <param name="Value">What the client made of it; null when it was no success.</param>
/// <param name="Text">The answer's text.</param>
/// <param name="Headers">The answer's headers, names in lower case.</param>
/// <param name="Violations">What is not as the API description says.</param>
/// <param name="Extras">Properties that the API description does not have.</param>
/// <param name="Error">What kept the client from asking or from reading the answer.</param>
public sealed record ApiAnswer(
    string Step, string? Operation, int Status, JsonNode? Body, JsonNode? Value, string Text, JsonObject Headers,
    IReadOnlyList<string> Violations, IReadOnlyList<string> Extras, string? Error)
{
    /// <summary>Fails unless the answer has this status and is exactly as the API description says.</summary>
    public ApiAnswer ShouldBe(int status)
    {
        Error.ShouldBeNull($"{Step}: {Text}");
        Status.ShouldBe(status, $"{Step}: {Text}");
        Violations.ShouldBeEmpty($"{Step}: {Text}");
        Extras.ShouldBeEmpty($"{Step}: {Text}");
        return this;
    }

    /// <summary>The rows of a page.</summary>
    public JsonArray Results => Body!["results"]!.AsArray();

    internal static ApiAnswer Read(JsonNode report) => new(
        (string)report["step"]!,
        (string?)report["operation"],
        (int?)report["status"] ?? 0,
        report["body"],
        report["value"],
        (string?)report["text"] ?? "",
        report["headers"] as JsonObject ?? [],
        [.. report["violations"]!.AsArray().Select(item => (string)item!)],
        [.. report["extras"]!.AsArray().Select(item => (string)item!)],
        (string?)report["error"]);
}
