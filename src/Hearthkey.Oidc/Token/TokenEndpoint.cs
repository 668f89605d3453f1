using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc.Token;

/// <summary>The token endpoint (RFC 6749 §3.2): authenticates the client, then hands the request to the grant that it names.</summary>
public sealed class TokenEndpoint
{
    private readonly IClients _clients;
    private readonly Dictionary<string, TokenGrant> _grants;

    public TokenEndpoint(IClients clients, IGrants grants, ISubjects subjects, IPrograms programs, TimeProvider time)
    {
        _clients = clients;
        var issuer = new TokenIssuer(time);
        _grants = new(StringComparer.Ordinal)
        {
            [GrantType.AuthorizationCode] = new AuthorizationCodeGrant(grants, subjects, issuer, time).HandleAsync,
            [GrantType.RefreshToken] = new RefreshTokenGrant(grants, subjects, issuer, time).HandleAsync,
            [GrantType.ClientCredentials] = new ClientCredentialsGrant(programs, grants, subjects, issuer, time).HandleAsync,
        };
    }

    /// <summary>Answers a POST.</summary>
    /// <param name="form">The body's fields, in the order in which they were sent.</param>
    /// <param name="authorization">The header of that name, whole; null when there is none.</param>
    /// <param name="attempts">Slows down guessing; null where the client is this process itself.</param>
    /// <param name="ct">Ends the wait for the stores.</param>
    public async ValueTask<TokenOutcome> HandleAsync(
        IReadOnlyList<KeyValuePair<string, string>> form, string? authorization, ISecretAttempts? attempts, CancellationToken ct)
    {
        var sent = new Parameters(form);
        if (sent.IsTooLarge)
            return Refused(OAuthError.InvalidRequest("The request is too large."), null);
        if (sent.Repeated is { } name)
            return Refused(OAuthError.InvalidRequest("A parameter was sent more than once.") with { Detail = name }, null);
        var mayBePerson = sent["grant_type"] == GrantType.ClientCredentials;
        var person = mayBePerson ? PersonCredentials.Read(sent) : null;
        if (ClientAuthentication.Run(sent, authorization, _clients, attempts, mayBePerson, out var client, ref person) is { } error)
            return Refused(error, client);

        if (!sent.TryGet("grant_type", out var grantType))
            return Refused(OAuthError.InvalidRequest("The parameter grant_type is missing."), client);
        if (!_grants.TryGetValue(grantType, out var handleAsync))
            return Refused(new("unsupported_grant_type", "This grant_type is not supported."), client);
        if (!client!.Allows(grantType))
            return Refused(new("unauthorized_client", "This client may not use this grant_type."), client);
        if (client.Signer is not { } signer)
            return Refused(new("server_error", "This client is not set up completely; its administrator can see why.")
            {
                Detail = "The provider has neither a signing key nor a client secret, so that no token can be signed.",
                Status = 500,
            }, client);
        return await handleAsync(new(sent, client, signer) { Person = person, Attempts = attempts }, ct) with { Client = client };
    }

    private static TokenOutcome.Refused Refused(OAuthError error, Client? client) => new(error) { Client = client };
}

/// <summary>Handles one <c>grant_type</c> for a client that is authenticated and may use it.</summary>
internal delegate ValueTask<TokenOutcome> TokenGrant(TokenRequest request, CancellationToken ct);

/// <summary>What a grant works on.</summary>
internal sealed record TokenRequest(Parameters Sent, Client Client, SignatureAlgorithm Signer)
{
    /// <summary>The person whose app password was sent; the client then need not have proved itself.</summary>
    public PersonCredentials? Person { get; init; }

    /// <summary>Slows down guessing.</summary>
    public ISecretAttempts? Attempts { get; init; }
}
