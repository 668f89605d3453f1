using Hearthkey.Oidc.Authorize;

namespace Hearthkey.Oidc.Logout;

/// <summary>Validates a request to sign out (RP-Initiated Logout §2, §3). It ends nothing itself.</summary>
/// <remarks>A wrong hint or an address that is not registered is an error page, as in authentik; without registered addresses
/// the parameter is ignored.</remarks>
public static class EndSessionEndpoint
{
    /// <summary>Checks the parameters of a query or form that came to this client's end-session address.</summary>
    public static EndSessionOutcome Validate(Client client, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var sent = new Parameters(parameters);
        if (sent.IsTooLarge || sent.Repeated is not null)
            return Error(client, PageProblem.Request, "The app sent a sign-out request that cannot be read.");
        if (sent.TryGet("client_id", out var clientId) && clientId != client.ClientId)
            return Error(client, PageProblem.Client, "The app that asks to sign you out is not the one this address belongs to.");

        IdTokenHint? hint = null;
        if (sent.TryGet("id_token_hint", out var token) && (hint = IdTokenHint.Read(token, client)) is null)
            return Error(client, PageProblem.Request, "The app could not prove who is to be signed out.");

        var request = new EndSessionRequest { Client = client, Subject = hint?.Subject, SessionId = hint?.SessionId };
        var hasRegistered = client.RedirectUris.Any(entry => entry.Type == RedirectUriType.Logout);
        if (hint is null || !hasRegistered || !sent.TryGet("post_logout_redirect_uri", out var uri))
            return new EndSessionOutcome.Valid(request);
        if (!IsRegistered(client, uri))
            return new EndSessionOutcome.ShowError(NotRegistered(client, uri));
        var location = AuthorizeRedirect.To(uri, ResponseMode.Query, [("state", sent["state"])]);
        return new EndSessionOutcome.Valid(request with { Location = location });
    }

    private static bool IsRegistered(Client client, string uri) => SentRedirectUri.ProblemOf(uri) is null
        && client.RedirectUris.Any(entry => entry.Type == RedirectUriType.Logout && entry.Matches(uri, mayDifferInLoopbackPort: false));

    private static EndSessionOutcome.ShowError Error(Client client, PageProblem problem, string description) =>
        new(new PageError(problem, description) { Client = client });

    private static PageError NotRegistered(Client client, string uri) =>
        new(PageProblem.RedirectUri, "The address that the app wants you to be sent to after signing out is not set up for it.")
        {
            Client = client,
            SentClientId = client.ClientId,
            SentRedirectUri = uri,
            Registered = RedirectUriDifferences.Between(uri, client, RedirectUriType.Logout),
            Detail = "The post_logout_redirect_uri is not among the registered ones.",
        };
}
