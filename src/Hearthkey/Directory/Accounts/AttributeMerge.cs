using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearthkey.Directory.Accounts;

/// <summary>Lays JSON objects over each other, as authentik does with the attributes of groups and users.</summary>
internal static class AttributeMerge
{
    public static JsonElement Of(IReadOnlyList<JsonElement> layers)
    {
        var filled = layers.Where(l => l.ValueKind == JsonValueKind.Object && l.EnumerateObject().MoveNext()).ToList();
        if (filled.Count == 0) return layers[^1];
        if (filled.Count == 1) return filled[0];
        var result = new JsonObject();
        foreach (var layer in filled) Lay(result, JsonObject.Create(layer.Clone())!);
        return JsonElement.Parse(result.ToJsonString());
    }

    private static void Lay(JsonObject under, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            switch (under[name], value)
            {
                case (JsonObject a, JsonObject b):
                    Lay(a, b);
                    break;
                case (JsonArray a, JsonArray b):
                    foreach (var item in b) a.Add(item?.DeepClone());
                    break;
                default:
                    under[name] = value?.DeepClone();
                    break;
            }
        }
    }
}
