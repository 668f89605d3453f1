using System.Text.Json.Nodes;
using Hearthkey.Resources;

namespace Hearthkey.System.Description;

/// <summary>The shape of what may be sent, from what the resource itself reads.</summary>
internal static class Inputs
{
    /// <param name="isPartial">PATCH: nothing is required.</param>
    public static JsonObject Of(IReadOnlyList<FieldShape> fields, bool isPartial)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in fields)
        {
            properties[field.Name] = Of(field);
            if (field.IsRequired && !isPartial) required.Add((JsonNode)field.Name);
        }
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) schema["required"] = required;
        return schema;
    }

    private static JsonObject Of(FieldShape field)
    {
        if (field.OnlyJson is { } only)
            return new() { ["enum"] = new JsonArray(JsonNode.Parse(only)), ["description"] = "Not built yet: only this value is taken.", ["nullable"] = true };
        var schema = new JsonObject { ["type"] = field.Type };
        if (field.Type == "array")
        {
            var item = new JsonObject { ["type"] = field.ItemType ?? "object" };
            if (field.Format is { } each) item["format"] = each;
            schema["items"] = item;
        }
        else if (field.Format is { } format) schema["format"] = format;
        if (field.Choices is { } choices) schema["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]);
        if (field.IsNullable) schema["nullable"] = true;
        return schema;
    }
}
