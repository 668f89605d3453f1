using System.Globalization;
using System.Text.Json;

namespace Hearthkey.Connectors.Npm;

/// <summary>What a login was traded for.</summary>
internal sealed record NpmToken(string Text, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token, which a record's own text would show.</summary>
    public override string ToString() => $"until {ExpiresAt:O}";

    public static NpmToken? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 and < 8192 } text
        && text.All(c => c is > ' ' and < '\x7f')
        && json.TryGetProperty("expires", out var expires) && expires.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(expires.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new(text, at)
            : null;
}
