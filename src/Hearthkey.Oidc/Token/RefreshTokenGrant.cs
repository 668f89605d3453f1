namespace Hearthkey.Oidc.Token;

/// <summary>Exchanges a refresh token for new tokens (RFC 6749 §6) and rotates it; one that is shown again ends its family (RFC
/// 9700 §4.14.2).</summary>
internal sealed class RefreshTokenGrant(IGrants grants, ISubjects subjects, TokenIssuer issuer, TimeProvider time)
{
    public async ValueTask<TokenOutcome> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (sent, client, signer) = request;
        if (!sent.TryGet("refresh_token", out var sentToken))
            return Refuse(OAuthError.InvalidRequest("The parameter refresh_token is missing."));
        var tokenHash = OpaqueToken.Hash(sentToken);
        var stored = await grants.FindRefreshTokenAsync(tokenHash, ct);
        if (stored is null || stored.Grant.ClientId != client.ClientId)
            return Refuse(Invalid(stored is null
                ? "The refresh token is unknown or was revoked."
                : "The refresh token was issued to another client."));
        if (stored.WasRotated)
            return await RefuseReuseAsync(stored.Grant.Key, ct);

        var remaining = stored.ExpiresAt - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
            return Refuse(Invalid("The refresh token has expired."));
        if (!TryNarrow(stored.Grant.Scopes, client, sent["scope"], out var scopes))
            return Refuse(new("invalid_scope", "The refresh token was granted fewer scopes than were asked for."));
        if (await subjects.FindAsync(stored.Grant.Authentication.UserKey, client, scopes, ct) is not { } subject)
            return Refuse(Invalid("The user is disabled, gone, may no longer open the application, or has no subject name that is theirs alone."));

        var rotates = !client.IsConfidential || client.RefreshTokenThreshold <= TimeSpan.Zero || remaining < client.RefreshTokenThreshold;
        var tokens = issuer.Make(client, signer, stored.Grant, subject, scopes, withRefreshToken: rotates);
        return await grants.RotateRefreshTokenAsync(tokenHash, tokens.Trace, ct) switch
        {
            Redemption.Redeemed => new TokenOutcome.Issued(tokens.Response),
            Redemption.AlreadyRedeemed => await RefuseReuseAsync(stored.Grant.Key, ct),
            _ => Refuse(Invalid("The grant was revoked meanwhile.")),
        };
    }

    /// <summary>Scopes may only shrink; ones that the client has lost since are left out.</summary>
    private static bool TryNarrow(IReadOnlyList<string> granted, Client client, string? requested, out IReadOnlyList<string> scopes)
    {
        var wanted = requested?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        scopes = [.. granted.Where(scope => client.AllowsScope(scope) && wanted?.Contains(scope) != false)];
        return wanted is null || wanted.IsSubsetOf(granted);
    }

    private async ValueTask<TokenOutcome> RefuseReuseAsync(long grantKey, CancellationToken ct)
    {
        await grants.RevokeGrantAsync(grantKey, ct);
        return Refuse(Invalid($"The refresh token was used before; its grant {grantKey} was revoked.") with { IsSuspicious = true });
    }

    private static OAuthError Invalid(string detail) =>
        OAuthError.InvalidGrant("The refresh token is invalid, expired, or was used before.", detail);

    private static TokenOutcome.Refused Refuse(OAuthError error) => new(error);
}
