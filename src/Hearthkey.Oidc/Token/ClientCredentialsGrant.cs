namespace Hearthkey.Oidc.Token;

/// <summary>Issues tokens to programs: to the client for itself (RFC 6749 §4.4), or for the person whose app password it sends, as authentik
/// does.</summary>
/// <remarks>No refresh token (RFC 6749 §4.4.3), and no access to our own API, which nobody consented to. Unknown, wrong, over, disabled and
/// not let in read the same; the operator is told which of them it was.</remarks>
internal sealed class ClientCredentialsGrant(IPrograms programs, IGrants grants, ISubjects subjects, TokenIssuer issuer, TimeProvider time)
{
    public async ValueTask<TokenOutcome> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (sent, client, signer) = request;
        if (request.Person is null && !client.IsConfidential)
            return Refuse(new("unauthorized_client", "A public client cannot get tokens for itself: send username and password of an app password."));
        var (program, error) = await WhoAsync(request, ct);
        if (error is not null)
            return Refuse(error);
        if (program is null)
            return Refuse(Invalid(null));
        if (program.WhyNot is { } why)
            return Refuse(Invalid(why));

        var scopes = ScopesFor(client, sent["scope"]);
        if (await subjects.FindAsync(program.UserKey, client, scopes, ct) is not { } subject)
            return Refuse(Invalid("The user is disabled, gone, may not open the application, or has no subject name that is theirs alone."));

        var now = time.GetUtcNow();
        var bounded = program.EndsAt is { } end && end - now < client.AccessTokenValidity ? client with { AccessTokenValidity = end - now } : client;
        var standing = await grants.FindStandingAsync(client.ClientId, program.UserKey, program.SecretHash, scopes, ct);
        var grant = standing ?? new Grant
        {
            Key = await grants.NextKeyAsync(ct),
            ClientId = client.ClientId,
            Authentication = new(program.UserKey, "", now, []),
            Scopes = scopes,
            SecretHash = program.SecretHash,
            CreatedAt = now,
        };
        var tokens = issuer.Make(bounded, signer, grant, subject, scopes, withRefreshToken: false);
        return await grants.StoreStandingAsync(grant, isNew: standing is null, tokens.Trace, ct)
            ? new TokenOutcome.Issued(tokens.Response)
            : Refuse(Invalid("The grant was revoked meanwhile."));
    }

    private async ValueTask<(ProgramIdentity?, OAuthError?)> WhoAsync(TokenRequest request, CancellationToken ct)
    {
        if (request.Person is not { } person)
            return (await programs.OwnAsync(request.Client, ct), null);
        if (request.Attempts?.WaitFor(person.Username) is { } busy)
            return (null, TooMany(busy));
        var found = await programs.FindAsync(request.Client, person.Username, person.Password, ct);
        return request.Attempts?.JudgePerson(person.Username, found is not null) is { } wait ? (null, TooMany(wait)) : (found, null);
    }

    // in the order of the settings: the same words in another order are the same grant
    private static string[] ScopesFor(Client client, string? requested)
    {
        var wanted = requested?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return [.. client.Scopes.Prepend(Scope.OpenId).Distinct(StringComparer.Ordinal).Where(scope => Scope.IsGivenUnasked(scope)
            && (wanted?.Contains(scope) ?? client.Scopes.Contains(scope, StringComparer.Ordinal)))];
    }

    private static OAuthError Invalid(string? detail) =>
        OAuthError.InvalidGrant("The user name or app password is wrong or has ended, or its user may not open the application.", detail);

    private static OAuthError TooMany(TimeSpan wait) =>
        new("invalid_grant", "Too many wrong app passwords came for this user. Wait before the next attempt.") { Status = 429, RetryAfter = wait };

    private static TokenOutcome.Refused Refuse(OAuthError error) => new(error);
}
