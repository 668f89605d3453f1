using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;

namespace Hearthkey.System.Description;

/// <summary>The parts of one operation's description (OpenAPI 3.0.3 §4.7.10).</summary>
internal static class OperationText
{
    private static readonly (string Name, string Type)[] _list = [("page", "integer"), ("page_size", "integer"), ("ordering", "string"), ("search", "string")];

    /// <summary>What an operation that is no resource's own is called.</summary>
    public static string Verb(string method, JsonTypeInfo? answer) => method switch
    {
        "GET" => answer?.Kind == JsonTypeInfoKind.Enumerable ? "list" : "retrieve",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "partial_update",
        _ => "destroy",
    };

    public static JsonArray Parameters(string path, string? verb, ResourceShape? shape, AnswerShape? answer)
    {
        var parameters = new JsonArray();
        foreach (var part in path.Split('/').Where(p => p.StartsWith('{'))) parameters.Add((JsonNode)Parameter(part.Trim('{', '}'), "path", "string", true));
        if (verb == "list")
            foreach (var (name, type) in _list) parameters.Add((JsonNode)Parameter(name, "query", type, false));
        var own = verb switch
        {
            "list" => shape!.Filters.Concat(shape.Switches),
            "retrieve" => shape!.Switches,
            _ => answer?.Query ?? [],
        };
        foreach (var name in own) parameters.Add((JsonNode)Parameter(name, "query", "string", false));
        return parameters;
    }

    public static JsonObject? Body(string method, string? verb, ResourceShape? shape, Components components)
    {
        if (method is "GET" or "DELETE") return null;
        var schema = new JsonObject { ["type"] = "object" };
        if (shape is not null)
        {
            var isPartial = verb == "partial_update";
            schema = components.Add((isPartial ? "Patched" : "") + Components.Name(shape.Answer) + "Request", () => Inputs.Of(shape.Fields, isPartial));
        }
        return new() { ["content"] = Json(schema) };
    }

    public static JsonObject Responses(RouteEndpoint endpoint, string? verb, ResourceShape? shape, Components components)
    {
        var responses = new JsonObject();
        switch (verb)
        {
            case "destroy":
                responses["204"] = new JsonObject { ["description"] = "It is gone." };
                break;
            case "create":
                responses["201"] = Answer(components.Of(shape!.Answer));
                break;
            case "list":
                var item = components.Of(shape!.Answer);
                responses["200"] = Answer(components.Add($"Paginated{Components.Name(shape.Answer)}List", () => Page(item, components)));
                break;
            default:
                var own = endpoint.Metadata.GetMetadata<AnswerShape>()?.Json ?? shape?.Answer;
                responses["200"] = Answer(own is null ? [] : components.Of(own));
                break;
        }
        responses["400"] = Answer(components.Add("ValidationError", ValidationError));
        responses["403"] = Answer(components.Add("GenericError", GenericError));
        return responses;
    }

    private static JsonObject Parameter(string name, string place, string type, bool isRequired) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = new JsonObject { ["type"] = type } };

    private static JsonObject Answer(JsonObject schema) => new() { ["description"] = "", ["content"] = Json(schema) };

    private static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Page(JsonObject item, Components components) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["pagination"] = components.Add("Pagination", Pagination),
            ["results"] = new JsonObject { ["type"] = "array", ["items"] = item },
            ["autocomplete"] = new JsonObject { ["type"] = "object" },
        },
        ["required"] = new JsonArray("autocomplete", "pagination", "results"),
    };

    private static JsonObject Pagination()
    {
        string[] names = ["next", "previous", "count", "current", "total_pages", "start_index", "end_index"];
        var properties = new JsonObject();
        foreach (var name in names) properties[name] = new JsonObject { ["type"] = "number" };
        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) };
    }

    private static JsonObject ValidationError()
    {
        var texts = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } };
        return new() { ["type"] = "object", ["properties"] = new JsonObject { ["non_field_errors"] = texts }, ["additionalProperties"] = new JsonObject() };
    }

    private static JsonObject GenericError()
    {
        var text = new JsonObject { ["type"] = "string" };
        return new() { ["type"] = "object", ["properties"] = new JsonObject { ["detail"] = text, ["code"] = text.DeepClone() }, ["required"] = new JsonArray("detail") };
    }
}
