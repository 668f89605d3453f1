namespace Hearthkey.Oidc.Authorize;

/// <summary>Only the code flow is offered, and only to clients that may use it (RFC 6749 §4.1.2.1, RFC 9700 §2.1.2).</summary>
internal static class CheckResponseType
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        if (!draft.Sent.TryGet("response_type", out var responseType))
            return OAuthError.InvalidRequest("The parameter response_type is missing.");
        if (responseType != "code")
            return new("unsupported_response_type", "Only response_type=code is supported.");
        if (!draft.Client.Allows(GrantType.AuthorizationCode))
            return new("unauthorized_client", "This client may not use the authorization code flow.");
        return draft.Client.Signer is null
            ? new("server_error", "This client is not set up completely; its administrator can see why.")
            {
                Detail = "The provider has neither a signing key nor a client secret, so that no token can be signed.",
            }
            : null;
    }
}
