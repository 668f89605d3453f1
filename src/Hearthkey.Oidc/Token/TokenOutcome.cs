using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc.Token;

/// <summary>The answer of the token endpoint: one of the two nested records. Both are sent with <c>Cache-Control: no-store</c>.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <summary>The client, as soon as it was known; for events.</summary>
    public Client? Client { get; init; }

    /// <summary>Status 200.</summary>
    public sealed record Issued(TokenResponse Response) : TokenOutcome;

    /// <summary>Status, body and challenge are the error's.</summary>
    public sealed record Refused(OAuthError Error) : TokenOutcome;
}

/// <summary>Tokens on their way to the client (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).</summary>
public sealed record TokenResponse
{
    /// <summary>What the tokens belong to; for events.</summary>
    public required Grant Grant { get; init; }

    public required string AccessToken { get; init; }

    public required string IdToken { get; init; }

    /// <summary>Null when the client keeps the one it has, or gets none.</summary>
    public string? RefreshToken { get; init; }

    public required TimeSpan ExpiresIn { get; init; }

    /// <summary>The scopes of the access token.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The body, as UTF-8 JSON.</summary>
    public byte[] ToJson() => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("access_token", AccessToken);
        writer.WriteString("token_type", "Bearer");
        writer.WriteNumber("expires_in", (long)ExpiresIn.TotalSeconds);
        writer.WriteString("scope", string.Join(' ', Scopes));
        writer.WriteString("id_token", IdToken);
        if (RefreshToken is not null)
            writer.WriteString("refresh_token", RefreshToken);
        writer.WriteEndObject();
    });

    /// <summary>Names nothing that could be used; a record's own text would show the tokens.</summary>
    public override string ToString() => $"tokens of grant {Grant.Key}";
}
