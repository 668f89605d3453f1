namespace Hearthkey.Sessions;

/// <summary>Kinds of change that tell of single sessions; those of a whole person are <see cref="Directory.UserChanges"/>.</summary>
public static class SessionChanges
{
    /// <summary>One session ended: its uuid. Grants without <c>offline_access</c> and forward-auth sessions end with it.</summary>
    public const string SessionEnd = "session_end";

    /// <summary>A session has a new id, because its person proved themselves again: its uuid.</summary>
    public const string SessionRenewed = "session_renewed";
}
