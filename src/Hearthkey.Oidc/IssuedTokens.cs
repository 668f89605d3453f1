namespace Hearthkey.Oidc;

/// <summary>What the store keeps of tokens that are about to be handed out. None of it can be used as a token.</summary>
public sealed record IssuedTokens
{
    /// <summary>The access token's <c>jti</c>.</summary>
    public required string Jti { get; init; }

    public required DateTimeOffset AccessTokenExpiresAt { get; init; }

    /// <summary>The access token's claims as UTF-8 JSON, for the list of access tokens.</summary>
    public required ReadOnlyMemory<byte> AccessTokenClaims { get; init; }

    /// <summary>SHA-256 of the new refresh token in lower-case hex; null when none is handed out.</summary>
    public string? RefreshTokenHash { get; init; }

    /// <summary>Set together with <see cref="RefreshTokenHash"/>.</summary>
    public DateTimeOffset? RefreshTokenExpiresAt { get; init; }
}
