namespace Hearthkey.Directory;

/// <summary>Kinds that Directory writes into the change feed.</summary>
public static class UserChanges
{
    /// <summary>A user's row or group membership changed; key = pk.</summary>
    public const string User = "authentik_core.user";

    /// <summary>A group changed; key = uuid.</summary>
    public const string Group = "authentik_core.group";

    /// <summary>An API token changed; key = identifier.</summary>
    public const string Token = "authentik_core.token";

    /// <summary>A password was set; key = pk of the user.</summary>
    public const string Password = "password";

    /// <summary>All sessions and grants of this user end now: disabled, deleted, new password, signed out everywhere; key = pk.</summary>
    public const string End = "user_end";
}
