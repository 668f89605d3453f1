using Hearthkey.Hosting;
using Hearthkey.Oidc.Token;
using Hearthkey.OidcProvider.Rim;

namespace Hearthkey.OidcProvider;

/// <summary>The provider as code in this process uses it: the embedded outpost is an OAuth client like any other, without the way over HTTP.</summary>
public sealed class OidcCore
{
    private readonly Engines _engines;

    internal OidcCore(Engines engines) => _engines = engines;

    /// <summary>Addresses of the endpoints as browsers reach them.</summary>
    /// <param name="slug">Of the application.</param>
    public static OidcUrls Urls(Origin origin, string? slug) => new(origin, slug);

    /// <summary>Whose access token this is; null where it is none of this client's, or not alive.</summary>
    /// <param name="origin">The base URL, by which it was issued.</param>
    public async ValueTask<TokenOwner?> FindAsync(Origin origin, string clientId, string accessToken, CancellationToken ct)
    {
        var found = await _engines.At(origin).AccessTokens.FindAsync(accessToken, ct);
        return found?.Client.ClientId == clientId ? new(found.Grant.Authentication.UserKey, found.Grant.Key, found.ExpiresAt) : null;
    }

    /// <summary>Redeems a code as the client itself, with PKCE.</summary>
    /// <param name="origin">The base URL, by which the code was issued.</param>
    public async ValueTask<RedeemedCode> RedeemAsync(Origin origin, string clientId, string code, string redirectUri, string codeVerifier, CancellationToken ct)
    {
        var engine = _engines.At(origin);
        if (engine.Providers.Find(clientId) is not { } client) return new(null, "invalid_client");
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "authorization_code"),
            new("client_id", clientId),
            new("client_secret", client.Provider.Client.Secret ?? ""),
            new("code", code),
            new("redirect_uri", redirectUri),
            new("code_verifier", codeVerifier),
        ];
        if (await engine.Token.HandleAsync(form, null, null, ct) is not TokenOutcome.Issued issued) return new(null, "invalid_grant");
        return await engine.Grants.FindAsync(issued.Response.Grant.Key, ct) is { } stored
            && stored.SessionUuid is { } session
            ? new(new(stored.Grant.Key, stored.Grant.Authentication.UserKey, session, stored.ExpiresAt), null)
            : new(null, "invalid_grant");
    }
}

/// <summary>What a code was good for.</summary>
/// <param name="Grant">Null where it was refused.</param>
/// <param name="Error">OAuth's code of the refusal.</param>
public readonly record struct RedeemedCode(RedeemedGrant? Grant, string? Error);

/// <summary>Whom an access token speaks for, by which authorization, and until when.</summary>
public sealed record TokenOwner(long UserPk, long GrantPk, DateTimeOffset ExpiresAt);

/// <summary>The authorization that a code stood for.</summary>
/// <param name="SessionUuid">The sign-in session that it hangs on.</param>
public sealed record RedeemedGrant(long GrantPk, long UserPk, Guid SessionUuid, DateTimeOffset ExpiresAt);
