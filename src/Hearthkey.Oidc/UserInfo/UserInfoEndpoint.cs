using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Token;

namespace Hearthkey.Oidc.UserInfo;

/// <summary>The userinfo endpoint (OpenID Connect Core §5.3), with bearer tokens in header or form (RFC 6750 §2.1, §2.2).</summary>
/// <remarks>A token in the query is refused, although authentik takes it: addresses end up in logs (RFC 9700 §4.3.2).</remarks>
public sealed class UserInfoEndpoint(IClients clients, IGrants grants, ISubjects subjects, TimeProvider time)
{
    private readonly AccessTokenValidator _tokens = new(clients, grants, time);

    /// <summary>Answers a GET or POST.</summary>
    /// <param name="authorization">The header of that name, whole; null when there is none.</param>
    /// <param name="form">The fields of a form body; empty for a GET.</param>
    /// <param name="ct">Ends the wait for the stores.</param>
    public async ValueTask<UserInfoOutcome> HandleAsync(
        string? authorization, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        if (BearerToken.Read(authorization, new Parameters(form), out var token) is { } error)
            return new UserInfoOutcome.Refused(error);
        if (await _tokens.FindAsync(token, ct) is not { } access)
            return new UserInfoOutcome.Refused(BearerToken.Invalid);
        if (!access.Scopes.Contains(Scope.OpenId, StringComparer.Ordinal))
            return new UserInfoOutcome.Refused(BearerToken.InsufficientScope);
        if (await subjects.FindAsync(access.Grant.Authentication.UserKey, access.Client, access.Scopes, ct) is not { } subject)
            return new UserInfoOutcome.Refused(BearerToken.Invalid);
        // the client knows the person by the token's subject and must not be told of another (OpenID Connect Core §5.3.2)
        if (subject.Sub != access.Subject)
            return new UserInfoOutcome.Refused(BearerToken.Invalid);

        return new UserInfoOutcome.Found(access.Client, Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("sub", subject.Sub);
            TokenClaims.WriteMapped(writer, subject.Claims);
            writer.WriteEndObject();
        }));
    }
}
