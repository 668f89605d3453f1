using System.Text.Json.Nodes;
using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Token;

namespace Hearthkey.Oidc;

/// <summary>
/// Says to an application behind a proxy who sent a request, so that it need not trust everything that can reach it: a JWT for the application
/// alone (RFC 7519 §4.1.3), with a <c>typ</c> and a key of its own (RFC 8725 §3.11, §3.12), so that it can never be taken for a token.
/// </summary>
public static class IdentityStatement
{
    /// <summary>How long one is good; DESIGN 6.7.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Signs one.</summary>
    /// <param name="key">Of the provider, for this alone.</param>
    /// <param name="issuer">The provider's issuer; its key set has the key.</param>
    /// <param name="audience">The provider's client id.</param>
    /// <param name="subject">The person's <c>sub</c>.</param>
    /// <param name="claims">What more is said; protocol claims in it are ignored.</param>
    /// <param name="now">The present.</param>
    public static string Sign(SigningKey key, string issuer, string audience, string subject, JsonObject claims, DateTimeOffset now) =>
        JwtWriter.Sign(key.Signer, TokenType.Statement, Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("iss", issuer);
            writer.WriteString("sub", subject);
            writer.WriteString("aud", audience);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            TokenClaims.WriteMapped(writer, claims);
            writer.WriteEndObject();
        }));
}
