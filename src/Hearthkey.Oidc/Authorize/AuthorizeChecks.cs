namespace Hearthkey.Oidc.Authorize;

/// <summary>One check of an authorization request; null when it passes. What it learned it writes into the draft.</summary>
internal delegate OAuthError? AuthorizeCheck(AuthorizeDraft draft);

/// <summary>What is checked once client and redirect URI are known (<see cref="CheckClient"/>, <see cref="CheckRedirectUri"/>),
/// in the order in which it runs.</summary>
internal static class AuthorizeChecks
{
    private static readonly AuthorizeCheck[] _inOrder =
    [
        CheckResponseMode.Run, // first: it says where every later error is written
        CheckRepeatedParameters.Run,
        CheckResponseType.Run,
        CheckScopes.Run,
        CheckRequestObject.Run,
        CheckPkce.Run,
        CheckPrompt.Run,
        CheckMaxAge.Run,
        CheckIdTokenHint.Run,
    ];

    public static OAuthError? Run(AuthorizeDraft draft)
    {
        foreach (var check in _inOrder)
            if (check(draft) is { } error)
                return error;
        return null;
    }
}
