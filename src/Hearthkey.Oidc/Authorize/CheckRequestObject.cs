namespace Hearthkey.Oidc.Authorize;

/// <summary>Request objects are refused, not ignored: what they hold might contradict the parameters (OpenID Connect Core
/// §3.1.2.6).</summary>
internal static class CheckRequestObject
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        if (draft.Sent.Has("request"))
            return new("request_not_supported", "The parameter request is not supported.");
        if (draft.Sent.Has("request_uri"))
            return new("request_uri_not_supported", "The parameter request_uri is not supported.");
        return draft.Sent.Has("registration") ? new("registration_not_supported", "The parameter registration is not supported.") : null;
    }
}
