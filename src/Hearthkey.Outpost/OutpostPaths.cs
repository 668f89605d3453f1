namespace Hearthkey.Outpost;

/// <summary>The paths and query flags of the wire.</summary>
public static class OutpostPaths
{
    /// <summary>Everything below belongs to the outpost, on every protected host.</summary>
    public const string Prefix = "/outpost.goauthentik.io";

    public const string Ping = Prefix + "/ping";
    public const string Start = Prefix + "/start";
    public const string SignIn = Prefix + "/sign_in";
    public const string Callback = Prefix + "/callback";
    public const string SignOut = Prefix + "/sign_out";
    public const string Auth = Prefix + "/auth";

    /// <summary>
    /// Set by our texts for proxies on what a browser asks of the outpost: such a request is no check, whatever its path. Only a proxy may ask
    /// for checks; a browser's would read their answers, and say of the proxy what it likes.
    /// </summary>
    public const string BrowserMark = "X-Hearthkey-Browser";

    /// <summary>Query of every redirect URI; also what makes any path of an application the callback.</summary>
    public const string CallbackFlag = "X-authentik-auth-callback";

    /// <summary>Makes any path of an application sign out.</summary>
    public const string LogoutFlag = "X-authentik-logout";

    /// <summary>The one redirect URI of a provider, to be registered with it.</summary>
    /// <param name="externalHost">The provider's external host, with or without a trailing slash.</param>
    public static string RedirectUri(string externalHost) => externalHost.TrimEnd('/') + Callback + "?" + CallbackFlag + "=true";
}
