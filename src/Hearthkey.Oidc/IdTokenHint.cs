using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc;

/// <summary>An ID token that comes back to us to say who is meant; it grants nothing.</summary>
/// <param name="Subject">Its <c>sub</c>.</param>
/// <param name="SessionId">Its <c>sid</c>.</param>
internal sealed record IdTokenHint(string Subject, string? SessionId)
{
    /// <summary>Checks signature, type, issuer and audience. An expired one is fine (RP-Initiated Logout §2).</summary>
    public static IdTokenHint? Read(string token, Client client)
    {
        if (JwtReader.Verify(token, TokenType.Identity, client) is not { } claims)
            return null;
        return claims.Text("iss") == client.Issuer && claims.Text("aud") == client.ClientId && claims.Text("sub") is { } subject
            ? new(subject, claims.Text("sid"))
            : null;
    }
}
