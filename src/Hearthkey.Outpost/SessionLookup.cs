namespace Hearthkey.Outpost;

/// <summary>Answer of a read-through: the session, nobody, or "the store is out of reach".</summary>
/// <param name="Session">The session found, or null.</param>
/// <param name="IsUnavailable">True when the truth could not be asked: the check is then 503, never a pass.</param>
public readonly record struct SessionLookup(ProxySession? Session, bool IsUnavailable)
{
    public static SessionLookup None => default;

    public static SessionLookup Unavailable => new(null, true);

    public static SessionLookup Found(ProxySession session) => new(session, false);
}
