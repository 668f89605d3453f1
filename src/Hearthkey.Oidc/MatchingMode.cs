namespace Hearthkey.Oidc;

/// <summary>How a registered redirect URI is compared with the one that was sent.</summary>
public enum MatchingMode
{
    /// <summary>Byte for byte; only a loopback port may differ, and only for public clients (RFC 8252 §7.3).</summary>
    Strict,

    /// <summary>A regular expression that must match the whole URI. One that cannot be read matches nothing.</summary>
    Regex,
}

/// <summary>What a registered URI is for.</summary>
public enum RedirectUriType
{
    /// <summary>Answers of the authorization endpoint.</summary>
    Authorization,

    /// <summary>The way back after a sign-out (RP-Initiated Logout §3.1).</summary>
    Logout,
}
