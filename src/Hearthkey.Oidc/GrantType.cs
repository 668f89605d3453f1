namespace Hearthkey.Oidc;

/// <summary>The values of <c>grant_type</c> that the token endpoint knows.</summary>
public static class GrantType
{
    /// <summary>RFC 6749 §4.1.3.</summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary>RFC 6749 §6.</summary>
    public const string RefreshToken = "refresh_token";

    /// <summary>RFC 6749 §4.4; with <c>username</c> and <c>password</c> for the person of an app password, as authentik does.</summary>
    public const string ClientCredentials = "client_credentials";
}
