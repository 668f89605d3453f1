namespace Hearthkey.Oidc.Authorize;

/// <summary>Where in the redirect the answer stands (OAuth 2.0 Multiple Response Types §2.1).</summary>
public enum ResponseMode
{
    /// <summary>After <c>?</c>; what a code flow gets by default.</summary>
    Query,

    /// <summary>After <c>#</c>.</summary>
    Fragment,
}
