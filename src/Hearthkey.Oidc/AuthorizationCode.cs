namespace Hearthkey.Oidc;

/// <summary>What a code stands for (RFC 6749 §4.1.2). The code itself is opaque; the store sees only its SHA-256.</summary>
public sealed record AuthorizationCode
{
    public required string ClientId { get; init; }

    public required Authentication Authentication { get; init; }

    /// <summary>The redirect URI of the authorization request; the token request must repeat it byte for byte (RFC 6749 §4.1.3).</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The scopes that were granted, in the order in which they were asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public string? Nonce { get; init; }

    public string? CodeChallenge { get; init; }

    /// <summary>Meaningful only beside a <see cref="CodeChallenge"/>.</summary>
    public CodeChallengeMethod CodeChallengeMethod { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A code as it lies in the store.</summary>
/// <param name="Code">What it stands for.</param>
/// <param name="RedeemedAs">The key of the grant that it was redeemed for; null while it was not.</param>
public sealed record StoredCode(AuthorizationCode Code, long? RedeemedAs);
