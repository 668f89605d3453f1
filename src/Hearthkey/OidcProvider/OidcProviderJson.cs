using System.Text.Json.Serialization;
using Hearthkey.OidcProvider.Endpoints;
using Hearthkey.OidcProvider.Stores;

namespace Hearthkey.OidcProvider;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OAuth2Provider))]
[JsonSerializable(typeof(IReadOnlyList<RedirectUriEntry>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(SetupUrlList))]
[JsonSerializable(typeof(ClaimsPreview))]
[JsonSerializable(typeof(CodeRequest))]
internal sealed partial class OidcProviderJson : JsonSerializerContext;
