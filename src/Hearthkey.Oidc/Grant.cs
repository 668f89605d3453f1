namespace Hearthkey.Oidc;

/// <summary>One authorization: a code that was redeemed, or a program that proved itself, with all the tokens that came from it. Revoking it ends them all.</summary>
public sealed record Grant
{
    /// <summary>From <see cref="IGrants.NextKeyAsync"/>; access tokens carry it as <c>grant</c>.</summary>
    public required long Key { get; init; }

    public required string ClientId { get; init; }

    public required Authentication Authentication { get; init; }

    /// <summary>What was granted. With <c>offline_access</c> the grant outlives the session.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The app password that it hangs on, as its SHA-256 in lower-case hex: it ends with it. Null for every other grant.</summary>
    public string? SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsOffline => Scopes.Contains(Scope.OfflineAccess, StringComparer.Ordinal);
}

/// <summary>A refresh token as it lies in the store.</summary>
/// <param name="Grant">The authorization that it belongs to.</param>
/// <param name="ExpiresAt">When it ends unless it is rotated before.</param>
/// <param name="WasRotated">It was exchanged already: whoever shows it again ends the family (RFC 9700 §4.14.2).</param>
public sealed record StoredRefreshToken(Grant Grant, DateTimeOffset ExpiresAt, bool WasRotated);
