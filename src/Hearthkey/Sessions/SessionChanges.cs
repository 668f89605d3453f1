namespace Hearthkey.Sessions;

/// <summary>Kinds of change that tell of the end of sessions; the keys are what comes after the colon.</summary>
public static class SessionChanges
{
    /// <summary>One session ended: its uuid. Grants without <c>offline_access</c> and forward-auth sessions end with it.</summary>
    public const string SessionEnd = "session_end";

    /// <summary>Everything of a person ended (sign out everywhere, disabled): the user's key.</summary>
    public const string UserEnd = "user_end";

    /// <summary>A session has a new id, because its person proved themselves again: its uuid.</summary>
    public const string SessionRenewed = "session_renewed";

    /// <summary>A person has a new password: the user's key. Written by Directory.</summary>
    public const string Password = "password";

    /// <summary>A person was changed or deleted: the user's key.</summary>
    public const string User = "authentik_core.user";
}
