namespace Hearthkey.Oidc;

/// <summary>Scope names that the engine itself treats in a special way, and the standard ones (OpenID Connect Core §5.4, §11).</summary>
public static class Scope
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string Email = "email";

    /// <summary>Asks for a refresh token.</summary>
    public const string OfflineAccess = "offline_access";

    /// <summary>A token with it may call our own API as the user; granted only when it is asked for by name.</summary>
    public const string Api = "goauthentik.io/api";

    /// <summary>Whether a request that names no scope gets this one.</summary>
    internal static bool IsGivenUnasked(string scope) => scope is not (OfflineAccess or Api);
}
