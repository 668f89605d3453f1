namespace Hearthkey.Outpost;

/// <summary>What an outpost noticed about the way it is wired.</summary>
public enum OutpostFinding
{
    /// <summary>A check, or a request in proxy mode, arrived and was understood: all is wired well. Sent at most every ten seconds per provider.</summary>
    CheckArrived,

    /// <summary>The proxy did not say which address was asked for.</summary>
    UrlMissing,

    /// <summary>What the proxy says of the address is no absolute http(s) URL, or was sent twice.</summary>
    UrlMalformed,

    /// <summary>A check came from an address that is no trusted proxy.</summary>
    UntrustedPeer,

    /// <summary>Two sources name different hosts.</summary>
    HostsDisagree,

    /// <summary>No application has this host.</summary>
    UnknownHost,

    /// <summary>The port is missing: the proxy sends <c>$host</c> where <c>$http_host</c> is needed.</summary>
    PortMissing,

    /// <summary>The provider is in no outpost.</summary>
    ProviderInNoOutpost,

    /// <summary>The return address of a login was refused; the person lands on the external host.</summary>
    ReturnAddressRefused,

    /// <summary>A relative return address where the provider covers a domain and login starts on the external host.</summary>
    ReturnAddressRelative,

    /// <summary>The text that protects an application was put on the host of the login itself.</summary>
    LoginHostProtected,

    /// <summary>Login started on the external host for another host, so every host of the domain receives the cookie.</summary>
    DomainCookie,

    /// <summary>The identity headers are larger than nginx's buffer.</summary>
    HeadersTooLarge,

    /// <summary>The browser kept no cookie between the start and the end of a login.</summary>
    CookieLost,

    /// <summary>An app password that is limited to some methods came, and the proxy does not say which method was used.</summary>
    MethodMissing,

    /// <summary>The server refused the code that it had just issued.</summary>
    CodeRefused,

    /// <summary>Login after login succeeded, and each time the next check knew nobody.</summary>
    LoginGoesRound,

    /// <summary>Proxy mode: the application cannot be reached, or its answer is none.</summary>
    UpstreamAway,

    /// <summary>Proxy mode: the application did not answer in time.</summary>
    UpstreamSilent,

    /// <summary>Proxy mode: the application's certificate is not trusted here.</summary>
    UpstreamCertificate,

    /// <summary>Proxy mode: the request came back here from where it was handed on to.</summary>
    UpstreamLoop,
}
