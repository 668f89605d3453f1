namespace Hearthkey.Oidc;

/// <summary>Port: codes, grants and refresh tokens. Hashes are SHA-256 of the token's characters in lower-case hex; no token
/// reaches the store.</summary>
public interface IGrants
{
    /// <summary>A new grant key, never given before.</summary>
    ValueTask<long> NextKeyAsync(CancellationToken ct);

    /// <summary>Keeps a new code; false when its client or user has just been deleted.</summary>
    ValueTask<bool> StoreCodeAsync(string codeHash, AuthorizationCode code, CancellationToken ct);

    /// <summary>The code, redeemed and expired ones included, as long as tokens from it may live; null when there is none.</summary>
    ValueTask<StoredCode?> FindCodeAsync(string codeHash, CancellationToken ct);

    /// <summary>Marks the code redeemed and stores the grant with its tokens, in one transaction. Of any number of callers at
    /// once exactly one is told <see cref="Redemption.Redeemed"/>.</summary>
    ValueTask<CodeRedemption> RedeemCodeAsync(string codeHash, Grant grant, IssuedTokens tokens, CancellationToken ct);

    /// <summary>The refresh token, rotated ones included; null when it is unknown or its grant was revoked.</summary>
    ValueTask<StoredRefreshToken?> FindRefreshTokenAsync(string tokenHash, CancellationToken ct);

    /// <summary>Exchanges the refresh token for the new one and stores the access token's trace, in one transaction with one
    /// winner.</summary>
    /// <remarks>When <see cref="IssuedTokens.RefreshTokenHash"/> is null the old token stays; it must still be live all the same.</remarks>
    ValueTask<Redemption> RotateRefreshTokenAsync(string tokenHash, IssuedTokens tokens, CancellationToken ct);

    /// <summary>The live grant that programs have for this client, user, app password (null: the client itself) and scopes; null when there
    /// is none yet.</summary>
    ValueTask<Grant?> FindStandingAsync(string clientId, long userKey, string? secretHash, IReadOnlyList<string> scopes, CancellationToken ct);

    /// <summary>Stores such a grant with its access token's trace, or only the trace where it is not new. False when the grant has ended, or
    /// its client or user has just been deleted.</summary>
    ValueTask<bool> StoreStandingAsync(Grant grant, bool isNew, IssuedTokens tokens, CancellationToken ct);

    /// <summary>Ends the grant: its refresh tokens and access tokens are refused from now on. Harmless when it has ended.</summary>
    ValueTask RevokeGrantAsync(long grantKey, CancellationToken ct);

    /// <summary>The grant, from memory; null when it was revoked or never was, or when the access token with this <c>jti</c> was
    /// revoked.</summary>
    ValueTask<Grant?> FindActiveAsync(long grantKey, string jti, CancellationToken ct);
}
