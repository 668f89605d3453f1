using Hearthkey.OidcProvider;

namespace Hearthkey.ForwardAuth;

/// <summary>An application that a reverse proxy protects, in wire shape. Fields without behaviour here stand at the API's defaults.</summary>
public sealed record ProxyProvider
{
    public long Pk { get; init; }

    public string Name { get; init; } = "";

    /// <summary>How people sign in who come from this application; null: the brand's flow.</summary>
    public Guid? AuthenticationFlow { get; init; }

    public Guid AuthorizationFlow { get; init; }

    /// <summary>What runs when somebody signs out of the application.</summary>
    public Guid InvalidationFlow { get; init; }

    /// <summary>What the identity headers are made from; always holds the mappings that the headers need.</summary>
    public IReadOnlyList<Guid> PropertyMappings { get; init; } = [];

    public string Component { get; init; } = ProxyProviders.Component;

    public string? AssignedApplicationSlug { get; init; }

    public string? AssignedApplicationName { get; init; }

    public string? AssignedBackchannelApplicationSlug { get; init; }

    public string? AssignedBackchannelApplicationName { get; init; }

    public string VerboseName { get; init; } = ProxyProviders.OneName;

    public string VerboseNamePlural { get; init; } = ProxyProviders.ManyName;

    public string MetaModelName { get; init; } = ProxyProviders.Kind;

    /// <summary>The OAuth client that the outpost is; 40 letters, made here.</summary>
    public string ClientId { get; init; } = "";

    public string InternalHost { get; init; } = "";

    /// <summary>The address that people use: scheme and host, with a port where it is not the usual one. No path.</summary>
    public string ExternalHost { get; init; } = "";

    public bool InternalHostSslValidation { get; init; } = true;

    public Guid? Certificate { get; init; }

    /// <summary>Paths that need no login: one regular expression a line.</summary>
    public string SkipPathRegex { get; init; } = "";

    public bool BasicAuthEnabled { get; init; }

    public string BasicAuthPasswordAttribute { get; init; } = "";

    public string BasicAuthUserAttribute { get; init; } = "";

    /// <summary><c>forward_single</c>: one host; <c>forward_domain</c>: all hosts below <see cref="CookieDomain"/>.</summary>
    public string Mode { get; init; } = "";

    public bool InterceptHeaderAuth { get; init; } = true;

    public IReadOnlyList<RedirectUriEntry> RedirectUris { get; init; } = [];

    /// <summary>At domain level, the domain that is covered; blank: the parent of the external host. Unused otherwise.</summary>
    public string CookieDomain { get; init; } = "";

    public IReadOnlyList<Guid> JwtFederationSources { get; init; } = [];

    public IReadOnlyList<long> JwtFederationProviders { get; init; } = [];

    /// <summary>How long somebody passes without being looked at again by the server, as <c>hours=1</c>. Default one hour, as authentik.</summary>
    public string AccessTokenValidity { get; init; } = "hours=1";

    public string RefreshTokenValidity { get; init; } = "days=30";

    /// <summary>Names of the outposts that serve it.</summary>
    public IReadOnlyList<string> OutpostSet { get; init; } = [];

    internal string ClientSecret { get; init; } = "";

    /// <summary>Signs the state of logins.</summary>
    internal string CookieSecret { get; init; } = "";

    /// <summary>Names the provider; a record's own text would show the secrets.</summary>
    public override string ToString() => $"{Name} ({ExternalHost})";
}
