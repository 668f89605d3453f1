using System.Text.Json.Serialization;
using Hearthkey.Applications.Endpoints;
using Hearthkey.Resources;

namespace Hearthkey.Applications;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Provider))]
[JsonSerializable(typeof(PolicyTestResult))]
[JsonSerializable(typeof(IReadOnlyList<TypeCreate>))]
internal sealed partial class ApplicationsJson : JsonSerializerContext;
