using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc;

/// <summary>A relying party as the engine knows it: immutable, from memory. The server makes one from each provider of its
/// snapshot.</summary>
public sealed record Client
{
    public required string ClientId { get; init; }

    /// <summary>The application's name, for pages and events.</summary>
    public required string Name { get; init; }

    /// <summary>The issuer that this client knows, exactly as its discovery document has it, e.g.
    /// <c>https://id.example.com/application/o/grafana/</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whether the client can keep a secret (RFC 6749 §2.1). A public one authenticates with its id alone and must use
    /// PKCE. Default true.</summary>
    public bool IsConfidential { get; init; } = true;

    /// <summary>The client's secret, compared in fixed time. A confidential client without one is always refused.</summary>
    public string? Secret { get; init; }

    /// <summary>Where answers may be sent. Default empty: nothing matches.</summary>
    public IReadOnlyList<RedirectUri> RedirectUris { get; init; } = [];

    /// <summary>The grants that are switched on. Default <c>authorization_code</c> and <c>refresh_token</c>.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [GrantType.AuthorizationCode, GrantType.RefreshToken];

    /// <summary>The scopes that may be granted; others are dropped from a request in silence, <c>openid</c> never is.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [Scope.OpenId, Scope.Email, Scope.Profile];

    /// <summary>The key that signs this client's tokens. Null: HS256 with <see cref="Secret"/>.</summary>
    public SigningKey? SigningKey { get; init; }

    /// <summary>Keys that signed before: still published and believed, so that a rotation ends no session. Default empty.</summary>
    public IReadOnlyList<SigningKey> RetiredKeys { get; init; } = [];

    /// <summary>Keys that are published beside those of tokens and sign none: of <see cref="IdentityStatement"/>s. Default empty.</summary>
    public IReadOnlyList<SigningKey> StatementKeys { get; init; } = [];

    /// <summary>How long a code lives. Default one minute (authentik's; OWASP ASVS 5 10.4.3 asks for at most that).</summary>
    public TimeSpan CodeValidity { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long access and ID tokens live. Default one hour (authentik's).</summary>
    public TimeSpan AccessTokenValidity { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a refresh token lives, counted anew at each rotation. Default thirty days (authentik's).</summary>
    public TimeSpan RefreshTokenValidity { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A refresh token is rotated only when less than this is left of it. Default zero: at every use.</summary>
    /// <remarks>Ignored for public clients, whose tokens are always rotated (RFC 9700 §2.2.2).</remarks>
    public TimeSpan RefreshTokenThreshold { get; init; }

    /// <summary>Whether the claims of the granted scopes go into the ID and access token too, not only to userinfo. Default true.</summary>
    public bool IncludeClaimsInIdToken { get; init; } = true;

    /// <summary>Whether the code challenge method <c>plain</c> is accepted (RFC 7636 §4.2). Default false.</summary>
    public bool AllowsPlainPkce { get; init; }

    /// <summary>Whether a confidential client too must use PKCE. Default false; public ones always must.</summary>
    public bool RequiresPkce { get; init; }

    /// <summary>What signs this client's tokens; null when there is neither key nor secret (an empty secret would sign for
    /// everybody).</summary>
    internal SignatureAlgorithm? Signer =>
        SigningKey is { } key ? key.Signer : Secret is { Length: > 0 } secret ? new HmacSignature(secret) : null;

    internal bool Allows(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);

    internal bool AllowsScope(string scope) => scope == Scope.OpenId || Scopes.Contains(scope, StringComparer.Ordinal);

    /// <summary>The client's id; a record's own text would show the secret.</summary>
    public override string ToString() => ClientId;
}
