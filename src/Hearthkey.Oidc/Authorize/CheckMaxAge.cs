using System.Globalization;

namespace Hearthkey.Oidc.Authorize;

/// <summary>Reads <c>max_age</c>, whole seconds from 0 (OpenID Connect Core §3.1.2.1).</summary>
internal static class CheckMaxAge
{
    /// <summary>A century: anything longer is no limit, and would overflow a time span.</summary>
    private const long Longest = 100L * 366 * 24 * 60 * 60;

    public static OAuthError? Run(AuthorizeDraft draft)
    {
        if (!draft.Sent.TryGet("max_age", out var sent))
            return null;
        if (!long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return OAuthError.InvalidRequest("The parameter max_age must be a whole number of seconds.");
        draft.MaxAge = TimeSpan.FromSeconds(Math.Min(seconds, Longest));
        return null;
    }
}
