namespace Hearthkey.Oidc.Authorize;

/// <summary>A public client must send a code challenge; any challenge must be well formed (RFC 7636 §4.2, §4.3, §4.4.1; RFC 9700
/// §2.1.1).</summary>
internal static class CheckPkce
{
    /// <summary>Characters of an unpadded base64url SHA-256.</summary>
    private const int S256Length = 43;

    public static OAuthError? Run(AuthorizeDraft draft)
    {
        var method = draft.Sent["code_challenge_method"];
        if (!draft.Sent.TryGet("code_challenge", out var challenge))
            return MissingChallenge(draft.Client, method);

        // RFC 7636 §4.3: no method means plain
        switch (method ?? "plain")
        {
            case "S256":
                draft.CodeChallengeMethod = CodeChallengeMethod.S256;
                return CodeVerifier.IsWellFormed(challenge) && challenge.Length == S256Length
                    ? null
                    : OAuthError.InvalidRequest("The code_challenge must be 43 base64url characters, the SHA-256 of the verifier.");
            case "plain" when draft.Client.AllowsPlainPkce:
                draft.CodeChallengeMethod = CodeChallengeMethod.Plain;
                return CodeVerifier.IsWellFormed(challenge)
                    ? null
                    : OAuthError.InvalidRequest("The code_challenge must be 43 to 128 unreserved characters.");
            default:
                return OAuthError.InvalidRequest("This code_challenge_method is not supported; use S256.");
        }
    }

    private static OAuthError? MissingChallenge(Client client, string? method)
    {
        if (method is not null)
            return OAuthError.InvalidRequest("There is a code_challenge_method without a code_challenge.");
        return client.IsConfidential && !client.RequiresPkce
            ? null
            : OAuthError.InvalidRequest("This client must use PKCE: the parameter code_challenge is missing.");
    }
}
