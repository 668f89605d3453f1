using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Oidc.Token;

/// <summary>Finds out which client calls: <c>client_secret_basic</c>, <c>client_secret_post</c>, or the id alone for a public
/// client (RFC 6749 §2.3, §3.2.1).</summary>
/// <remarks>A failure is 401 (RFC 6749 §5.2), where authentik answers 400. A public client's secret is not looked at, as in
/// authentik. Where too many wrong secrets came before, the answer is 429 (RFC 6585 §4) with <c>Retry-After</c>: a 401 would tell the
/// client that its secret is wrong, which nobody looked at.</remarks>
internal static class ClientAuthentication
{
    public static OAuthError? Run(
        Parameters sent, string? authorization, IClients clients, ISecretAttempts? attempts, out Client? client)
    {
        PersonCredentials? nobody = null;
        return Run(sent, authorization, clients, attempts, mayBePerson: false, out client, ref nobody);
    }

    /// <summary>The same where an app password may stand in for the client's secret: beside none, or in its place.</summary>
    /// <param name="person">What came as fields of their own; set to what came in place of the secret.</param>
    public static OAuthError? Run(
        Parameters sent, string? authorization, IClients clients, ISecretAttempts? attempts, bool mayBePerson, out Client? client, ref PersonCredentials? person)
    {
        client = null;
        BasicCredentials? basic = null;
        if (!string.IsNullOrEmpty(authorization) && !BasicCredentials.TryRead(authorization, out basic))
            return Refuse("The Authorization header is no well-formed Basic header.", usedHeader: true);
        if (sent.Has("client_assertion") || sent.Has("client_assertion_type"))
            return Refuse("The client sent a client_assertion, which is not supported.", basic is not null);
        if (basic is not null && (sent.Has("client_secret") || (sent["client_id"] is { } inBody && inBody != basic.ClientId)))
            return OAuthError.InvalidRequest("Use one way of client authentication: the Authorization header or the body.");

        if ((basic?.ClientId ?? sent["client_id"]) is not { Length: > 0 } clientId)
            return Refuse("The request names no client.", basic is not null);
        if (clients.Find(clientId) is not { } found)
            return Refuse("No provider has this client_id.", basic is not null);

        client = found;
        if (!found.IsConfidential)
            return null;
        if ((basic?.RawSecret ?? sent["client_secret"]) is not { Length: > 0 } sentSecret)
            return person is not null ? null : Refuse("The client secret is missing.", basic is not null);
        var isRight = found.Secret is { Length: > 0 } secret
            && (basic is not null ? IsSame(basic.Secret, secret) | IsSame(sentSecret, secret) : IsSame(sentSecret, secret));
        if (!isRight && mayBePerson && person is null && PersonCredentials.FromSecret(sentSecret) is { } instead)
        {
            person = instead;
            return null;
        }
        if (attempts?.Judge(found.ClientId, isRight) is { } wait)
            return new("invalid_client", "Too many wrong secrets came for this client. Wait before the next attempt.") { Status = 429, RetryAfter = wait };
        return isRight ? null : Refuse("The client secret is wrong.", basic is not null);
    }

    private static bool IsSame(string sent, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(sent), Hash(secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public static OAuthError Refuse(string detail, bool usedHeader) => new("invalid_client", "Client authentication failed.")
    {
        Detail = detail,
        Status = 401,
        Challenge = usedHeader ? "Basic realm=\"Hearthkey\", charset=\"UTF-8\"" : null,
    };
}
