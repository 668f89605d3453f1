using System.Text.Json.Serialization;

namespace Hearthkey.Sessions.Objects;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuthenticatedSession))]
internal sealed partial class SessionsJson : JsonSerializerContext;
