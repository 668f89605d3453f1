using Hearthkey.Hosting;

namespace Hearthkey.OidcProvider;

/// <summary>Absolute addresses of the endpoints, below one of our origins.</summary>
/// <param name="slug">Of the application; null where the provider has none, and then no addresses of its own.</param>
public sealed class OidcUrls(Origin origin, string? slug)
{
    public string Root => $"{origin}/";

    public string Authorize => $"{origin}/application/o/authorize/";

    public string Token => $"{origin}/application/o/token/";

    public string UserInfo => $"{origin}/application/o/userinfo/";

    public string Introspection => $"{origin}/application/o/introspect/";

    /// <summary>The per-provider issuer, with its slash.</summary>
    public string ProviderRoot => slug is null ? $"{origin}/application/o/" : $"{origin}/application/o/{slug}/";

    public string Discovery => ProviderRoot + ".well-known/openid-configuration";

    public string Jwks => ProviderRoot + "jwks/";

    public string EndSession => ProviderRoot + "end-session/";
}
