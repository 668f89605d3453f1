using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.System.Description;

/// <summary>The named shapes of the description (OpenAPI 3.0.3 §4.7.7), made from the records that are written on the wire.</summary>
internal sealed class Components
{
    // where the API's own name is another one than the record's
    private static readonly Dictionary<string, string> _names = new() { ["InstanceSettings"] = "Settings", ["PemAnswer"] = "CertificateData" };

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <summary>A reference to a record's shape, or the shape itself where it is no record of ours.</summary>
    public JsonObject Of(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable && type.ElementType is { } element)
            return new() { ["type"] = "array", ["items"] = Of(type.Options.GetTypeInfo(element)) };
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace?.StartsWith("Hearthkey", StringComparison.Ordinal) != true) return Plain(type);
        var name = Name(type);
        if (!_schemas.ContainsKey(name))
        {
            _schemas[name] = [];
            _schemas[name] = Record(type);
        }
        return Reference(name);
    }

    public static string Name(JsonTypeInfo type) => _names.GetValueOrDefault(type.Type.Name, type.Type.Name);

    /// <summary>Adds a shape under a name.</summary>
    public JsonObject Add(string name, Func<JsonObject> make)
    {
        if (!_schemas.ContainsKey(name)) _schemas[name] = make();
        return Reference(name);
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, schema) in _schemas) json[name] = schema;
        return json;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    private JsonObject Record(JsonTypeInfo type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in type.Properties)
        {
            if (property.Get is null) continue;
            var schema = Of(type.Options.GetTypeInfo(property.PropertyType));
            if (property.IsGetNullable) schema = Nullable(schema);
            properties[property.Name] = schema;
            // what a null leaves out cannot be required
            if (property.IsGetNullable && property.ShouldSerialize is not null) continue;
            if (!property.IsGetNullable || type.Options.DefaultIgnoreCondition == global::System.Text.Json.Serialization.JsonIgnoreCondition.Never)
                required.Add((JsonNode)property.Name);
        }
        var record = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) record["required"] = required;
        return record;
    }

    // a reference takes no neighbours in OpenAPI 3.0
    private static JsonObject Nullable(JsonObject schema)
    {
        if (schema.ContainsKey("$ref")) return new() { ["allOf"] = new JsonArray(schema), ["nullable"] = true };
        if (schema.Count > 0) schema["nullable"] = true;
        return schema;
    }

    private static JsonObject Plain(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Dictionary) return new() { ["type"] = "object", ["additionalProperties"] = new JsonObject() };
        var core = global::System.Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return core switch
        {
            _ when core == typeof(string) => new() { ["type"] = "string" },
            _ when core == typeof(bool) => new() { ["type"] = "boolean" },
            _ when core == typeof(int) || core == typeof(long) => new() { ["type"] = "integer" },
            _ when core == typeof(double) => new() { ["type"] = "number", ["format"] = "double" },
            _ when core == typeof(Guid) => new() { ["type"] = "string", ["format"] = "uuid" },
            _ when core == typeof(DateTimeOffset) => new() { ["type"] = "string", ["format"] = "date-time" },
            _ => [],
        };
    }
}
