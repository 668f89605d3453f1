namespace Hearthkey.Oidc.Authorize;

/// <summary>The client must be known; a request that is too large or contradicts itself about its client is read no further (RFC
/// 6749 §4.1.2.1).</summary>
internal static class CheckClient
{
    public static PageError? Run(Parameters sent, IClients clients, out Client? client)
    {
        client = null;
        if (sent.IsTooLarge)
            return new(PageProblem.Request, "The app sent a request that is too large. Go back to the app and try again.");
        if (sent.Repeated is "client_id" or "redirect_uri")
            return new(PageProblem.Request, "The app sent a request that contradicts itself. Go back to the app and try again.")
            {
                Detail = $"The parameter {sent.Repeated} came more than once.",
            };
        if (!sent.TryGet("client_id", out var clientId))
            return Unknown(null, "The request has no client_id.");

        client = clients.Find(clientId);
        return client is null ? Unknown(clientId, "No provider has this client_id.") : null;
    }

    private static PageError Unknown(string? sentClientId, string detail) =>
        new(PageProblem.Client, "The app that sent you here is not known, or its client ID is missing or wrong.")
        {
            SentClientId = sentClientId,
            Detail = detail,
        };
}
