using System.Text.Json.Serialization;

namespace Hearthkey.Policies;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PolicyBinding))]
internal sealed partial class PoliciesJson : JsonSerializerContext;
