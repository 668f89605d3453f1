namespace Hearthkey.Oidc.Authorize;

/// <summary>Keeps the requested scopes that the client may have (RFC 6749 §3.3, OpenID Connect Core §3.1.2.1).</summary>
/// <remarks>
/// As authentik does: unknown scopes are dropped in silence, and a request that names none gets all that are configured. Better
/// than authentik:
/// of those, <c>offline_access</c> and access to our own API are given only when asked for by name.
/// </remarks>
internal static class CheckScopes
{
    public static OAuthError? Run(AuthorizeDraft draft)
    {
        var client = draft.Client;
        draft.Scopes = draft.Sent.TryGet("scope", out var requested)
            ? [.. requested.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Where(client.AllowsScope)]
            : [.. client.Scopes.Where(Scope.IsGivenUnasked).Distinct(StringComparer.Ordinal)];
        return null;
    }
}
