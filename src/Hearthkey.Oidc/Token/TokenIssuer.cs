using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc.Token;

/// <summary>Makes the tokens of one answer: access token (RFC 9068), ID token (OpenID Connect Core §2), refresh token.</summary>
/// <remarks>As authentik does, the ID token is issued whether or not <c>openid</c> was granted, and both JWTs carry the scopes'
/// claims.</remarks>
internal sealed class TokenIssuer(TimeProvider time)
{
    private static readonly JsonWriterOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes them for a client that has a key to sign with; nothing is stored.</summary>
    public MadeTokens Make(
        Client client, SignatureAlgorithm signer, Grant grant, Subject subject, IReadOnlyList<string> scopes, bool withRefreshToken)
    {
        var now = time.GetUtcNow();
        var jti = OpaqueToken.Create();
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, _compact);

        WriteAccessToken(writer, client, grant, subject, scopes, jti, now);
        var accessClaims = buffer.WrittenSpan.ToArray();
        var accessToken = JwtWriter.Sign(signer, TokenType.Access, accessClaims);

        buffer.ResetWrittenCount();
        writer.Reset();
        WriteIdToken(writer, client, grant, subject, signer.HalfHash(accessToken), now);
        var idToken = JwtWriter.Sign(signer, TokenType.Identity, buffer.WrittenSpan);

        var refreshToken = withRefreshToken ? OpaqueToken.Create() : null;
        var response = new TokenResponse
        {
            Grant = grant,
            AccessToken = accessToken,
            IdToken = idToken,
            RefreshToken = refreshToken,
            ExpiresIn = client.AccessTokenValidity,
            Scopes = scopes,
        };
        var trace = new IssuedTokens
        {
            Jti = jti,
            AccessTokenExpiresAt = now + client.AccessTokenValidity,
            AccessTokenClaims = accessClaims,
            RefreshTokenHash = refreshToken is null ? null : OpaqueToken.Hash(refreshToken),
            RefreshTokenExpiresAt = refreshToken is null ? null : now + client.RefreshTokenValidity,
        };
        return new(response, trace);
    }

    private static void WriteAccessToken(
        Utf8JsonWriter writer, Client client, Grant grant, Subject subject, IReadOnlyList<string> scopes, string jti, DateTimeOffset now)
    {
        writer.WriteStartObject();
        TokenClaims.WriteShared(writer, client, grant, subject, now);
        writer.WriteString("jti", jti);
        writer.WriteString("client_id", client.ClientId);
        writer.WriteString("azp", client.ClientId);
        writer.WriteString("scope", string.Join(' ', scopes));
        writer.WriteNumber("grant", grant.Key);
        WriteMapped(writer, client, subject);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void WriteIdToken(
        Utf8JsonWriter writer, Client client, Grant grant, Subject subject, string accessTokenHash, DateTimeOffset now)
    {
        writer.WriteStartObject();
        TokenClaims.WriteShared(writer, client, grant, subject, now);
        writer.WriteString("at_hash", accessTokenHash);
        WriteMapped(writer, client, subject);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void WriteMapped(Utf8JsonWriter writer, Client client, Subject subject)
    {
        if (client.IncludeClaimsInIdToken)
            TokenClaims.WriteMapped(writer, subject.Claims);
    }
}

/// <summary>Tokens for the client, and the trace of them for the store.</summary>
internal sealed record MadeTokens(TokenResponse Response, IssuedTokens Trace);
