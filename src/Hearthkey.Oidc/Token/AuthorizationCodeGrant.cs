namespace Hearthkey.Oidc.Token;

/// <summary>Exchanges a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5, RFC 9700 §2.1.1).</summary>
/// <remarks>A code that is shown again ends what came from it, also when the second showing is simultaneous (RFC 6749 §4.1.2).</remarks>
internal sealed class AuthorizationCodeGrant(IGrants grants, ISubjects subjects, TokenIssuer issuer, TimeProvider time)
{
    public async ValueTask<TokenOutcome> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (sent, client, signer) = request;
        if (!sent.TryGet("code", out var sentCode))
            return Refuse(OAuthError.InvalidRequest("The parameter code is missing."));
        var codeHash = OpaqueToken.Hash(sentCode);
        var stored = await grants.FindCodeAsync(codeHash, ct);
        if (stored is null || stored.Code.ClientId != client.ClientId)
            return Refuse(InvalidCode(stored is null ? "The code is unknown." : "The code was issued to another client."));
        if (stored.RedeemedAs is { } redeemedAs)
            return await RefuseReplayAsync(redeemedAs, ct);

        var code = stored.Code;
        if (CheckBinding(code, sent) is { } error)
            return Refuse(error);
        if (await subjects.FindAsync(code.Authentication.UserKey, client, code.Scopes, ct) is not { } subject)
            return Refuse(InvalidCode("The user is disabled, gone, may no longer open the application, or has no subject name that is theirs alone."));

        var grant = new Grant
        {
            Key = await grants.NextKeyAsync(ct),
            ClientId = client.ClientId,
            Authentication = code.Authentication,
            Scopes = code.Scopes,
            Nonce = code.Nonce,
            CreatedAt = time.GetUtcNow(),
        };
        var isRefreshable = grant.IsOffline && client.Allows(GrantType.RefreshToken);
        var tokens = issuer.Make(client, signer, grant, subject, code.Scopes, withRefreshToken: isRefreshable);
        var redemption = await grants.RedeemCodeAsync(codeHash, grant, tokens.Trace, ct);
        return redemption.Outcome switch
        {
            Redemption.Redeemed => new TokenOutcome.Issued(tokens.Response),
            Redemption.AlreadyRedeemed => await RefuseReplayAsync(redemption.GrantKey, ct),
            _ => Refuse(InvalidCode("The code is gone.")),
        };
    }

    private OAuthError? CheckBinding(AuthorizationCode code, Parameters sent)
    {
        if (time.GetUtcNow() >= code.ExpiresAt)
            return InvalidCode("The code has expired.");
        if (sent["redirect_uri"] != code.RedirectUri)
            return OAuthError.InvalidGrant("The redirect_uri is not the one of the authorization request.",
                $"The app sent {sent["redirect_uri"] ?? "none"}; the authorization request had {code.RedirectUri}.");

        var hasVerifier = sent.TryGet("code_verifier", out var verifier);
        if (code.CodeChallenge is null)
            return hasVerifier
                ? OAuthError.InvalidGrant("There is a code_verifier, but the authorization request had no code_challenge.")
                : null;
        if (!hasVerifier)
            return OAuthError.InvalidGrant("The parameter code_verifier is missing.");
        return CodeVerifier.IsWellFormed(verifier!) && CodeVerifier.Matches(verifier!, code.CodeChallenge, code.CodeChallengeMethod)
            ? null
            : OAuthError.InvalidGrant("The code_verifier does not fit the code_challenge.");
    }

    private async ValueTask<TokenOutcome> RefuseReplayAsync(long grantKey, CancellationToken ct)
    {
        await grants.RevokeGrantAsync(grantKey, ct);
        var error = InvalidCode($"The code was used before; grant {grantKey} that came from it was revoked.");
        return Refuse(error with { IsSuspicious = true });
    }

    private static OAuthError InvalidCode(string detail) =>
        OAuthError.InvalidGrant("The code is invalid, expired, or was used before.", detail);

    private static TokenOutcome.Refused Refuse(OAuthError error) => new(error);
}
