using System.Text.Json.Serialization;
using Hearthkey.Applications;
using Hearthkey.OidcProvider;

namespace Hearthkey.ForwardAuth;

/// <summary>An application that the outpost protects, in wire shape. Fields without behaviour here stand at the API's defaults. Its mappings always hold those
/// that the identity headers need.</summary>
public sealed record ProxyProvider : Provider
{
    /// <summary>The OAuth client that the outpost is; 40 letters, made here.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>In proxy mode, where the application listens: scheme, host and port; a path is ignored. Kept, and unused, in other modes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InternalHost { get; init; }

    /// <summary>The address that people use: scheme and host, with a port where it is not the usual one. No path.</summary>
    public string ExternalHost { get; init; } = "";

    /// <summary>Whether the certificate of an https internal host must be one that this machine trusts.</summary>
    public bool InternalHostSslValidation { get; init; } = true;

    public Guid? Certificate { get; init; }

    /// <summary>Paths that need no login: one regular expression a line.</summary>
    public string SkipPathRegex { get; init; } = "";

    /// <summary>The application gets <c>Authorization: Basic</c> with what two attributes of the person, or of their groups, hold.</summary>
    public bool BasicAuthEnabled { get; init; }

    /// <summary>The attribute that holds the password. Without it none is sent.</summary>
    public string BasicAuthPasswordAttribute { get; init; } = "";

    /// <summary>The attribute that holds the name; where a person has none, their e-mail address.</summary>
    public string BasicAuthUserAttribute { get; init; } = "";

    /// <summary><c>proxy</c>, the API's default: one host, whose requests this server hands on itself; <c>forward_single</c>: one host; <c>forward_domain</c>: all hosts below <see cref="CookieDomain"/>.</summary>
    public string Mode { get; init; } = "";

    /// <summary>In proxy mode, an <c>Authorization</c> header that proves nothing is answered 401 instead of a login.</summary>
    public bool InterceptHeaderAuth { get; init; } = true;

    /// <summary>Names by which the application is told who is there beside <c>X-authentik-*</c>: <c>remote_user</c> or <c>custom</c>; null: none. Ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityHeaders { get; init; }

    /// <summary>With <c>custom</c>, the header that has the user name; null: none. Likewise the other three. Ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeaderUsername { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeaderGroups { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeaderEmail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeaderName { get; init; }

    /// <summary>The application gets <c>X-authentik-jwt</c>, a signed statement of who is there; false: it is empty. Ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IdentityJwt { get; init; }

    public IReadOnlyList<RedirectUriEntry> RedirectUris { get; init; } = [];

    /// <summary>At domain level, the domain that is covered; blank: the parent of the external host. Unused otherwise.</summary>
    public string CookieDomain { get; init; } = "";

    public IReadOnlyList<Guid> JwtFederationSources { get; init; } = [];

    public IReadOnlyList<long> JwtFederationProviders { get; init; } = [];

    /// <summary>How long somebody passes without being looked at again by the server, as <c>hours=1</c>. Default one hour, as authentik.</summary>
    public string AccessTokenValidity { get; init; } = "hours=1";

    public string RefreshTokenValidity { get; init; } = "days=30";

    /// <summary>Its hosts are not asked from outside whether they refuse those without a session (<see cref="SelfProbes"/>). Default false: they are asked. Ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SkipSelfProbe { get; init; }

    /// <summary>Names of the outposts that serve it.</summary>
    public IReadOnlyList<string> OutpostSet { get; init; } = [];

    internal string ClientSecret { get; init; } = "";

    /// <summary>Signs the state of logins.</summary>
    internal string CookieSecret { get; init; } = "";
}
