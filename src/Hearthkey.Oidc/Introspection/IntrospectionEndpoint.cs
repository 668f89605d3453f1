using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Token;

namespace Hearthkey.Oidc.Introspection;

/// <summary>The introspection endpoint (RFC 7662): tells a client whether a token of its own is alive, and what it says.</summary>
/// <remarks>
/// A client hears of its own tokens alone; of any other, and of whatever has ended, only that it is not active (RFC 7662 §2.2, §4). A wrong
/// client is 401 (§2.3), where authentik answers that the token is not active. A public client cannot prove itself and is refused.
/// </remarks>
public sealed class IntrospectionEndpoint(IClients clients, IGrants grants, ISubjects subjects, TimeProvider time)
{
    private const string Active = "active";

    private static readonly byte[] _inactive = """{"active": false}"""u8.ToArray();

    private readonly AccessTokenValidator _tokens = new(clients, grants, time);

    /// <summary>Answers a POST.</summary>
    /// <param name="form">The body's fields, in the order in which they were sent.</param>
    /// <param name="authorization">The header of that name, whole; null when there is none.</param>
    /// <param name="attempts">Slows down guessing at the client's secret.</param>
    /// <param name="ct">Ends the wait for the stores.</param>
    public async ValueTask<IntrospectionOutcome> HandleAsync(
        IReadOnlyList<KeyValuePair<string, string>> form, string? authorization, ISecretAttempts? attempts, CancellationToken ct)
    {
        var sent = new Parameters(form);
        if (sent.IsTooLarge || sent.Repeated is not null)
            return Refused(OAuthError.InvalidRequest("The request is too large or repeats a parameter."), null);
        if (ClientAuthentication.Run(sent, authorization, clients, attempts, out var client) is { } error)
            return Refused(error, client);
        if (!client!.IsConfidential)
            return Refused(ClientAuthentication.Refuse("A public client cannot prove itself, so it is told of no token.", usedHeader: false), client);
        if (!sent.TryGet("token", out var token))
            return Refused(OAuthError.InvalidRequest("The parameter token is missing."), client);
        var answer = await OfAccessTokenAsync(client, token, ct) ?? await OfRefreshTokenAsync(client, token, ct);
        return new IntrospectionOutcome.Answered(client, answer ?? _inactive);
    }

    private async ValueTask<byte[]?> OfAccessTokenAsync(Client client, string token, CancellationToken ct)
    {
        if (await _tokens.FindAsync(token, ct) is not { } access || access.Client.ClientId != client.ClientId)
            return null;
        var subject = await subjects.FindAsync(access.Grant.Authentication.UserKey, client, access.Scopes, ct);
        // the client knows the person by the token's subject
        return subject?.Sub == access.Subject ? Write(client, access.Grant, subject, access.Scopes, access, access.ExpiresAt) : null;
    }

    private async ValueTask<byte[]?> OfRefreshTokenAsync(Client client, string token, CancellationToken ct)
    {
        var stored = await grants.FindRefreshTokenAsync(OpaqueToken.Hash(token), ct);
        if (stored is null || stored.Grant.ClientId != client.ClientId || stored.WasRotated || stored.ExpiresAt <= time.GetUtcNow())
            return null;
        string[] scopes = [.. stored.Grant.Scopes.Where(client.AllowsScope)];
        return await subjects.FindAsync(stored.Grant.Authentication.UserKey, client, scopes, ct) is { } subject
            ? Write(client, stored.Grant, subject, scopes, null, stored.ExpiresAt)
            : null;
    }

    private static byte[] Write(
        Client client, Grant grant, Subject subject, IReadOnlyList<string> scopes, AccessToken? access, DateTimeOffset expiresAt) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean(Active, true);
        writer.WriteString("scope", string.Join(' ', scopes));
        writer.WriteString("client_id", client.ClientId);
        writer.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
        TokenClaims.WriteIdentity(writer, client, grant, subject);
        if (access is not null)
        {
            writer.WriteString("token_type", "Bearer");
            writer.WriteString("jti", access.Jti);
            if (access.IssuedAt is { } issuedAt)
                writer.WriteNumber("iat", issuedAt);
        }
        TokenClaims.WriteMapped(writer, subject.Claims, except: Active);
        writer.WriteEndObject();
    });

    private static IntrospectionOutcome.Refused Refused(OAuthError error, Client? client) => new(client, error);
}
