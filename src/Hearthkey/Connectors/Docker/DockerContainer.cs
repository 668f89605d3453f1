using System.Text.Json;

namespace Hearthkey.Connectors.Docker;

/// <summary>A running container.</summary>
/// <param name="Name">Without a slash.</param>
internal sealed record DockerContainer(string Id, string Name, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Reads one; null where it is none.</summary>
    public static DockerContainer? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("Id"u8, out var id) || id.ValueKind != JsonValueKind.String) return null;
        var name = json.TryGetProperty("Names"u8, out var names) && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 && names[0].ValueKind == JsonValueKind.String
            ? names[0].GetString()!.TrimStart('/')
            : id.GetString()!;
        Dictionary<string, string> labels = [];
        if (json.TryGetProperty("Labels"u8, out var found) && found.ValueKind == JsonValueKind.Object)
            foreach (var label in found.EnumerateObject())
                if (label.Value.ValueKind == JsonValueKind.String) labels[label.Name] = label.Value.GetString()!;
        return new(id.GetString()!, name, labels);
    }
}
