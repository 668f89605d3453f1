namespace Hearthkey.Outpost;

/// <summary>A page a person must see; the host of the library draws it and must keep the status.</summary>
/// <param name="Kind">Which page.</param>
/// <param name="Status">HTTP status; already set on the response.</param>
/// <param name="Provider">The application concerned, where one is known.</param>
/// <param name="Report">What the operator is told, where there is something to tell.</param>
/// <param name="RetryUrl">Where "try again" leads; null where that would not help.</param>
/// <param name="Error">OAuth error code from the authorization endpoint, one of the registered ones; null otherwise.</param>
public sealed record OutpostPage(
    OutpostPageKind Kind, int Status, ProxyProvider? Provider, OutpostReport? Report = null, string? RetryUrl = null, string? Error = null)
{
    /// <summary>The host that was asked for, in <see cref="OutpostPageKind.HostDenied"/>; null otherwise.</summary>
    public string? Host { get; init; }
}

/// <summary>The pages an outpost needs.</summary>
public enum OutpostPageKind
{
    /// <summary>The host belongs to no application, or the proxy is wired badly.</summary>
    Misconfigured,

    /// <summary>The login host itself is protected by the proxy: a login would never end.</summary>
    LoginHostProtected,

    /// <summary>The authorization endpoint answered with an error.</summary>
    AuthorizationRefused,

    /// <summary>The login cannot be continued: the link is damaged, or was made for someone else.</summary>
    LoginInvalid,

    /// <summary>The browser keeps no cookie for this host.</summary>
    CookiesBlocked,

    /// <summary>Every login succeeds and none of them is remembered.</summary>
    LoginGoesRound,

    /// <summary>Nothing is wrong: the browser goes on to the next page by itself, and tells on the way which address it sees.</summary>
    OneMoment,

    /// <summary>The server is out of reach.</summary>
    Unavailable,

    /// <summary>Whoever asks may open the application, but not this host of it.</summary>
    HostDenied,

    /// <summary>The request brought credentials that open nothing; it is not led to a login.</summary>
    CredentialsRefused,

    /// <summary>Proxy mode: the application cannot be reached.</summary>
    ApplicationAway,

    /// <summary>Proxy mode: the application did not answer in time.</summary>
    ApplicationSilent,
}
