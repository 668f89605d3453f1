namespace Hearthkey.Oidc.Authorize;

/// <summary>Where the answer is written (OAuth 2.0 Multiple Response Types §2.1).</summary>
/// <remarks><c>form_post</c> is not offered: discovery does not name it, and a request for it is refused rather than answered in
/// another way.</remarks>
internal static class CheckResponseMode
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        // a client that asked for tokens reads its errors behind the #, although we shall refuse it
        var responseType = draft.Sent["response_type"] ?? "";
        draft.ResponseMode = responseType.Contains("token", StringComparison.Ordinal) ? ResponseMode.Fragment : ResponseMode.Query;

        switch (draft.Sent["response_mode"])
        {
            case null:
                return null;
            case "query":
                draft.ResponseMode = ResponseMode.Query;
                return null;
            case "fragment":
                draft.ResponseMode = ResponseMode.Fragment;
                return null;
            default:
                return OAuthError.InvalidRequest("This response_mode is not supported; use query or fragment.");
        }
    }
}
