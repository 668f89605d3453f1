using System.Text.Json.Serialization;

namespace Hearthkey.Resources;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<UsedBy>))]
internal sealed partial class ResourcesJson : JsonSerializerContext;
