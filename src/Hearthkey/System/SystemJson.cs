using System.Text.Json.Serialization;
using Hearthkey.Resources;

namespace Hearthkey.System;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(IReadOnlyList<EventVolume>))]
[JsonSerializable(typeof(IReadOnlyList<EventTopPerUser>))]
[JsonSerializable(typeof(EventStats))]
[JsonSerializable(typeof(IReadOnlyList<TypeCreate>))]
[JsonSerializable(typeof(CertificateKeyPair))]
[JsonSerializable(typeof(Endpoints.PemAnswer))]
[JsonSerializable(typeof(Endpoints.Config))]
[JsonSerializable(typeof(Endpoints.Version))]
internal sealed partial class SystemJson : JsonSerializerContext;

/// <summary>What is not there is left out: the description calls it a text that is never null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Endpoints.CurrentBrand))]
internal sealed partial class CurrentBrandJson : JsonSerializerContext;
