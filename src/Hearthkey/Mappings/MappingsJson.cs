using System.Text.Json.Serialization;

namespace Hearthkey.Mappings;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScopeMapping))]
internal sealed partial class MappingsJson : JsonSerializerContext;
