using System.Text.Json.Serialization;

namespace Hearthkey.Flows;

/// <summary>One mistake in an answer.</summary>
public sealed record ChallengeError([property: JsonPropertyName("string")] string String, string Code);
