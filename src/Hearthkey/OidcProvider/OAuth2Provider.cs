using System.Text.Json.Serialization;
using Hearthkey.Applications;
using Hearthkey.Oidc;

namespace Hearthkey.OidcProvider;

/// <summary>An OpenID Connect client with its settings, in wire shape.</summary>
public sealed record OAuth2Provider : Provider
{
    /// <summary><c>confidential</c>: proves itself by a secret; <c>public</c>: cannot keep one and must use PKCE.</summary>
    public string ClientType { get; init; } = OAuth2Providers.Confidential;

    /// <summary>The grants that are switched on; those that are built.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [GrantType.AuthorizationCode, GrantType.RefreshToken, GrantType.ClientCredentials];

    public string ClientId { get; init; } = "";

    /// <summary>Blank to a browser whose last proof is over a quarter of an hour old (<see cref="Resources.StepUp"/>); sent blank, it stays.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Life of a code, as <c>minutes=1</c>. Default one minute, as authentik.</summary>
    public string AccessCodeValidity { get; init; } = "minutes=1";

    /// <summary>Life of access and ID tokens. Default one hour, as authentik.</summary>
    public string AccessTokenValidity { get; init; } = "hours=1";

    /// <summary>Life of a refresh token, counted anew at each rotation. Default 30 days, as authentik.</summary>
    public string RefreshTokenValidity { get; init; } = "days=30";

    /// <summary>A confidential client's refresh token is rotated only when less than this is left of it. Default zero: always.</summary>
    public string RefreshTokenThreshold { get; init; } = "seconds=0";

    public bool IncludeClaimsInIdToken { get; init; } = true;

    /// <summary>RSA signs RS256, EC ES256, ES384 or ES512; null signs HS256 with the client secret.</summary>
    public Guid? SigningKey { get; init; }

    public Guid? EncryptionKey { get; init; }

    public IReadOnlyList<RedirectUriEntry> RedirectUris { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LogoutUri { get; init; }

    public string LogoutMethod { get; init; } = "backchannel";

    /// <summary>What apps know a person by; see <see cref="Rim.SubjectNames"/>.</summary>
    public string SubMode { get; init; } = OAuth2Providers.HashedUserId;

    /// <summary><c>per_provider</c>: the issuer is the address of the application; <c>global</c>: the base URL.</summary>
    public string IssuerMode { get; init; } = OAuth2Providers.PerProvider;

    public IReadOnlyList<Guid> JwtFederationSources { get; init; } = [];

    public IReadOnlyList<long> JwtFederationProviders { get; init; } = [];
}

/// <summary>A registered redirect URI, in wire shape.</summary>
/// <param name="MatchingMode"><c>strict</c> or <c>regex</c>.</param>
/// <param name="RedirectUriType"><c>authorization</c> or <c>logout</c>.</param>
public sealed record RedirectUriEntry(string MatchingMode, string Url, string RedirectUriType = "authorization")
{
    public RedirectUri ToRedirectUri() => new(
        MatchingMode == "regex" ? Oidc.MatchingMode.Regex : Oidc.MatchingMode.Strict,
        Url,
        RedirectUriType == "logout" ? Oidc.RedirectUriType.Logout : Oidc.RedirectUriType.Authorization);
}
