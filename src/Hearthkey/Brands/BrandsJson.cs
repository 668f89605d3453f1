using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearthkey.Brands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstanceSettings))]
[JsonSerializable(typeof(InstanceFlags))]
[JsonSerializable(typeof(Brand))]
internal sealed partial class BrandsJson : JsonSerializerContext
{
    public static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;
}
