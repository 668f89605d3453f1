using System.Text.Json.Serialization;
using Hearthkey.ForwardAuth.Embedded;
using Hearthkey.ForwardAuth.Probing;

namespace Hearthkey.ForwardAuth;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProxyProvider))]
[JsonSerializable(typeof(ProxyHost))]
[JsonSerializable(typeof(OutpostInstance))]
[JsonSerializable(typeof(IReadOnlyList<OutpostHealth>))]
[JsonSerializable(typeof(OutpostDefaults))]
[JsonSerializable(typeof(ProbeOutcome))]
internal sealed partial class ForwardAuthJson : JsonSerializerContext;
