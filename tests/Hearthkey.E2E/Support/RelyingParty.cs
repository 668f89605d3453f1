namespace Hearthkey.E2E.Support;

/// <summary>mod_auth_openidc as a client by discovery, in front of an app that shows the claims as <c>OIDC_CLAIM_*</c> headers.</summary>
public sealed record RelyingParty(Uri Metadata, string ClientId, string ClientSecret, Uri RedirectUri, int App)
{
    public string Scope { get; init; } = "openid profile email";

    /// <summary>S256, plain or none.</summary>
    public string Pkce { get; init; } = "S256";

    /// <summary>client_secret_basic or client_secret_post.</summary>
    public string AuthMethod { get; init; } = "client_secret_basic";

    /// <summary>Port of a <see cref="ForwardProxy"/>, where the issuer's name is one of the test's.</summary>
    public int? OutgoingProxy { get; init; }

    public string ToDirectives() => $"""
        OIDCProviderMetadataURL {Metadata}
        OIDCClientID {ClientId}
        OIDCClientSecret {ClientSecret}
        OIDCRedirectURI {RedirectUri}
        OIDCScope "{Scope}"
        OIDCProviderTokenEndpointAuth {AuthMethod}
        {(Pkce == "none" ? "" : $"OIDCPKCEMethod {Pkce}")}
        OIDCCryptoPassphrase 0123456789abcdef0123456789abcdef
        OIDCRemoteUserClaim preferred_username
        OIDCSSLValidateServer Off
        OIDCStateMaxNumberOfCookies 20 true
        {(OutgoingProxy is { } port ? $"OIDCOutgoingProxy 127.0.0.1:{port}" : "")}
        ProxyPreserveHost On
        ProxyPass {RedirectUri.AbsolutePath} !
        ProxyPass / http://127.0.0.1:{App}/
        <Location />
          AuthType openid-connect
          Require valid-user
        </Location>
        """;
}
