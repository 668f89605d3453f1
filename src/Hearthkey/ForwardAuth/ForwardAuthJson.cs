using System.Text.Json.Serialization;
using Hearthkey.ForwardAuth.Embedded;

namespace Hearthkey.ForwardAuth;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProxyProvider))]
[JsonSerializable(typeof(OutpostInstance))]
[JsonSerializable(typeof(IReadOnlyList<OutpostHealth>))]
[JsonSerializable(typeof(OutpostDefaults))]
internal sealed partial class ForwardAuthJson : JsonSerializerContext;
