using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc.Token;

/// <summary>Decides whether an access token is ours and alive (RFC 9068 §4): signature by its client's key, type, issuer,
/// audience, time, grant and <c>jti</c>.</summary>
public sealed class AccessTokenValidator(IClients clients, IGrants grants, TimeProvider time)
{
    /// <summary>The token, or null when it must be refused for whatever reason.</summary>
    /// <remarks>Every caller must still ask whether it is meant, and whether the grant's person is still known by the token's subject. The
    /// grant bounds what the token says: with HS256 the client has the key too.</remarks>
    public async ValueTask<AccessToken?> FindAsync(string token, CancellationToken ct)
    {
        // the claimed client only chooses whose key must have signed
        if (JwtReader.Peek(token)?.Text("client_id") is not { } clientId || clients.Find(clientId) is not { } client)
            return null;
        if (JwtReader.Verify(token, TokenType.Access, client) is not { } claims)
            return null;
        if (claims.Text("iss") != client.Issuer || claims.Text("aud") != client.ClientId || claims.Text("sub") is not { } subject)
            return null;
        if (claims.Text("jti") is not { } jti || claims.Number("grant") is not { } grantKey || claims.Number("exp") is not { } exp)
            return null;

        // a time past the calendar's end is none that we ever wrote
        if (time.GetUtcNow().ToUnixTimeSeconds() >= exp || exp > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        var grant = await grants.FindActiveAsync(grantKey, jti, ct);
        if (grant is null || grant.ClientId != client.ClientId)
            return null;
        var scopes = (claims.Text("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(client, grant, subject, [.. scopes.Intersect(grant.Scopes, StringComparer.Ordinal)], jti, DateTimeOffset.FromUnixTimeSeconds(exp))
        {
            IssuedAt = claims.Number("iat"),
        };
    }
}
