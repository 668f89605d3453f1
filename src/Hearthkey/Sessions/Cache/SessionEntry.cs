namespace Hearthkey.Sessions.Cache;

/// <summary>A session in memory, and when it was used.</summary>
internal sealed class SessionEntry(SignInSession session, DateTimeOffset usedAt)
{
    private long _used = usedAt.UtcTicks;
    private long _written = usedAt.UtcTicks;

    public SignInSession Session => session;

    public DateTimeOffset UsedAt => new(Volatile.Read(ref _used), TimeSpan.Zero);

    public DateTimeOffset WrittenAt => new(Volatile.Read(ref _written), TimeSpan.Zero);

    public void Use(DateTimeOffset at) => Volatile.Write(ref _used, at.UtcTicks);

    public void Written(DateTimeOffset at) => Volatile.Write(ref _written, at.UtcTicks);

    public bool IsOver(DateTimeOffset now) => now >= session.ExpiresAt || now >= UsedAt + session.Idle;
}
