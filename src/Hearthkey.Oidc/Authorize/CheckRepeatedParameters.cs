namespace Hearthkey.Oidc.Authorize;

/// <summary>No parameter may come twice (RFC 6749 §3.1): one check would read the first, another the second.</summary>
internal static class CheckRepeatedParameters
{
    public static OAuthError? Run(AuthorizeDraft draft) =>
        draft.Sent.Repeated is null
            ? null
            : OAuthError.InvalidRequest("A parameter was sent more than once.") with { Detail = draft.Sent.Repeated };
}
