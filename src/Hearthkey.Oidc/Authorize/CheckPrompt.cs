namespace Hearthkey.Oidc.Authorize;

/// <summary>Reads <c>prompt</c>; <c>none</c> stands alone (OpenID Connect Core §3.1.2.1).</summary>
internal static class CheckPrompt
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        foreach (var word in (draft.Sent["prompt"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            draft.Prompts |= word switch
            {
                "none" => Prompts.Silent,
                "login" => Prompts.Login,
                "consent" => Prompts.Consent,
                "select_account" => Prompts.SelectAccount,
                _ => Prompts.None,
            };
        return draft.Prompts.HasFlag(Prompts.Silent) && draft.Prompts != Prompts.Silent
            ? OAuthError.InvalidRequest("prompt=none cannot be combined with another value.")
            : null;
    }
}
