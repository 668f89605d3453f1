namespace Hearthkey.Oidc.Authorize;

/// <summary>The redirect URI must be sent, well formed and registered (RFC 6749 §3.1.2, RFC 9700 §2.1, OpenID Connect Core
/// §3.1.2.1).</summary>
internal static class CheckRedirectUri
{
    public static PageError? Run(Parameters sent, Client client)
    {
        if (!sent.TryGet("redirect_uri", out var redirectUri))
            return Wrong(client, null, "The request has no redirect_uri.");
        if (SentRedirectUri.ProblemOf(redirectUri) is { } problem)
            return Wrong(client, redirectUri, problem);

        // a confidential client has a server with a fixed address: no reason to let its port float
        var mayDifferInPort = !client.IsConfidential;
        var registered = client.RedirectUris.Where(uri => uri.Type == RedirectUriType.Authorization);
        return registered.Any(uri => uri.Matches(redirectUri, mayDifferInPort))
            ? null
            : Wrong(client, redirectUri, "The redirect_uri is not among the registered ones.");
    }

    private static PageError Wrong(Client client, string? redirectUri, string detail) =>
        new(PageProblem.RedirectUri, "The address that the app wants you to be sent back to is not the one that is set up for it.")
        {
            Client = client,
            SentClientId = client.ClientId,
            SentRedirectUri = redirectUri,
            Registered = RedirectUriDifferences.Between(redirectUri, client, RedirectUriType.Authorization),
            Detail = detail,
        };
}
