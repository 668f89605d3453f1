namespace Hearthkey.Outpost;

/// <summary>What an outpost must know of one protected application: facts only, as the server's snapshot has them.</summary>
public sealed record ProxyProvider
{
    /// <summary>The provider's key; a session is good for this provider alone.</summary>
    public required int Pk { get; init; }

    /// <summary>Name of the provider, sent as <c>X-authentik-meta-provider</c>.</summary>
    public required string Name { get; init; }

    /// <summary>OAuth client id; the first 8 hex digits of its SHA-256 name the cookie.</summary>
    public required string ClientId { get; init; }

    public required ProxyMode Mode { get; init; }

    /// <summary>Public base URL: scheme, host, optional port and path. One that is no http(s) URL makes the provider unusable.</summary>
    public required string ExternalHost { get; init; }

    /// <summary>Where the application listens in <see cref="ProxyMode.Proxy"/>: scheme, host, port; its path is ignored. Else unused.</summary>
    public string InternalHost { get; init; } = "";

    /// <summary>Whether the certificate of an https <see cref="InternalHost"/> must be trusted by this machine.</summary>
    public bool IsUpstreamCertificateChecked { get; init; } = true;

    /// <summary>The domain that <see cref="ProxyMode.ForwardDomain"/> covers, with or without leading dot; else unused.</summary>
    public string CookieDomain { get; init; } = "";

    /// <summary>Paths that need no login.</summary>
    public SkipRules SkipPaths { get; init; } = SkipRules.None;

    /// <summary>In <see cref="ProxyMode.ForwardDomain"/>, what holds for some of its hosts alone; else unused. Default none.</summary>
    public IReadOnlyList<HostRule> HostRules { get; init; } = [];

    public string ApplicationSlug { get; init; } = "";

    /// <summary>Name of the application as people know it; used in reports and pages.</summary>
    public string ApplicationName { get; init; } = "";

    /// <summary>Name of the outpost, sent as <c>X-authentik-meta-outpost</c>.</summary>
    public string OutpostName { get; init; } = "";

    /// <summary>Absolute URL of the authorization endpoint as browsers reach it, without query.</summary>
    public required string AuthorizeUrl { get; init; }

    /// <summary>Absolute URL of the provider's end-session endpoint as browsers reach it.</summary>
    public required string EndSessionUrl { get; init; }

    /// <summary>Absolute URL of the key set, sent as <c>X-authentik-meta-jwks</c>.</summary>
    public string JwksUrl { get; init; } = "";

    /// <summary>Scopes to ask for, separated by single spaces.</summary>
    public string Scope { get; init; } = "openid profile email ak_proxy entitlements";

    /// <summary>Further names under which the application is told who is there. Default none.</summary>
    public HeaderNames HeaderNames { get; init; } = HeaderNames.None;

    /// <summary>The application gets an <c>Authorization</c> of ours, whatever the client sent. Default false.</summary>
    public bool InjectsAuthorization { get; init; }

    /// <summary>In proxy mode, an <c>Authorization</c> header that proves nothing is answered 401 instead of a login. Default true.</summary>
    public bool InterceptsAuthorization { get; init; } = true;

    /// <summary>Longest life of a forward-auth session; its end is also bounded by what the exchange grants.</summary>
    public required TimeSpan AccessTokenValidity { get; init; }

    /// <summary>Secret of 32 bytes that signs the state of logins. Nodes that share a provider share it.</summary>
    public required ReadOnlyMemory<byte> CookieKey { get; init; }

    /// <summary>False: the provider exists but no outpost serves it, so its host is refused and the report says why.</summary>
    public bool IsAssignedToOutpost { get; init; } = true;
}
