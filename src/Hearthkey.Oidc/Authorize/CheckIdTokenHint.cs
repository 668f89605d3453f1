namespace Hearthkey.Oidc.Authorize;

/// <summary>Reads whom the client expects: a token that we issued to it, expired or not (OpenID Connect Core §3.1.2.1).</summary>
internal static class CheckIdTokenHint
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        if (!draft.Sent.TryGet("id_token_hint", out var hint))
            return null;
        if (IdTokenHint.Read(hint, draft.Client) is not { } identity)
            return OAuthError.InvalidRequest("The id_token_hint is no ID token that was issued to this client.");
        draft.HintedSubject = identity.Subject;
        return null;
    }
}
