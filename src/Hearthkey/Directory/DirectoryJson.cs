using System.Text.Json.Serialization;
using Hearthkey.Directory.Endpoints;

namespace Hearthkey.Directory;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(Token))]
[JsonSerializable(typeof(TokenView))]
[JsonSerializable(typeof(SessionUser))]
[JsonSerializable(typeof(UserPaths))]
[JsonSerializable(typeof(ServiceAccountMade))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DirectoryJson : JsonSerializerContext;
