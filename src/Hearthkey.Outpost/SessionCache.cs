using System.Collections.Concurrent;

namespace Hearthkey.Outpost;

/// <summary>
/// Forward-auth sessions in memory, about 250 bytes each. An end costs no search: it leaves a mark, and every copy that is older than
/// the mark is read anew at its next use. A sweep once a minute removes what is over, then the marks.
/// </summary>
public sealed class SessionCache : IDisposable
{
    // no read of a session takes longer; a mark must outlive every read that began before it
    private static readonly TimeSpan _markLife = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<SessionKey, CachedSession> _sessions = new();
    private readonly ConcurrentDictionary<string, long> _endedSignIns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _forgottenUsers = new();
    private readonly ConcurrentDictionary<int, CachedSession> _lastOfUser = new();
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private long _allForgottenAt = long.MinValue;

    /// <summary>Creates an empty cache that sweeps itself.</summary>
    public SessionCache(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(static state => ((SessionCache)state!).Sweep(), this, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Sessions held now.</summary>
    public int Count => _sessions.Count;

    /// <summary>The sign-in session ended: no copy that depends on it is used again without asking.</summary>
    public void EndSession(string signInSessionId) => _endedSignIns[signInSessionId] = _time.GetTimestamp();

    /// <summary>Something about the user changed (groups, attributes, sessions ended): every copy is read anew at its next use.</summary>
    public void ForgetUser(int userKey)
    {
        _forgottenUsers[userKey] = _time.GetTimestamp();
        _lastOfUser.TryRemove(userKey, out _);
    }

    /// <summary>Ends may have been missed: every copy is read anew at its next use.</summary>
    public void ForgetAll()
    {
        Volatile.Write(ref _allForgottenAt, _time.GetTimestamp());
        _lastOfUser.Clear();
    }

    /// <summary>Removes what is over. Runs by itself once a minute.</summary>
    public void Sweep()
    {
        var now = _time.GetUtcNow();
        var old = _time.GetTimestamp() - (long)(_markLife.TotalSeconds * _time.TimestampFrequency);
        foreach (var (key, cached) in _sessions)
        {
            if (cached.Session.ExpiresAt <= now || IsMarked(cached))
                _sessions.TryRemove(new(key, cached));
        }
        foreach (var (user, cached) in _lastOfUser)
        {
            if (cached.Session.ExpiresAt <= now)
                _lastOfUser.TryRemove(new(user, cached));
        }
        foreach (var mark in _endedSignIns)
        {
            if (mark.Value < old)
                _endedSignIns.TryRemove(mark);
        }
        foreach (var mark in _forgottenUsers)
        {
            if (mark.Value < old)
                _forgottenUsers.TryRemove(mark);
        }
    }

    public void Dispose() => _sweep.Dispose();

    internal long Now() => _time.GetTimestamp();

    /// <summary>The copy in memory, unless it is over or must be read anew.</summary>
    internal CachedSession? Find(in SessionKey key, DateTimeOffset now) =>
        _sessions.TryGetValue(key, out var cached) && cached.Session.ExpiresAt > now && !IsMarked(cached) ? cached : null;

    /// <summary>Keeps a copy; values that are equal to those of the user's last session are shared with it.</summary>
    internal CachedSession Keep(in SessionKey key, CachedSession cached)
    {
        var last = _lastOfUser.GetValueOrDefault(cached.Session.UserKey);
        if (last is not null)
        {
            var identity = last.Identity == cached.Identity ? last.Identity : cached.Identity;
            var session = last.Session.SignInSessionId == cached.Session.SignInSessionId
                ? cached.Session with { SignInSessionId = last.Session.SignInSessionId }
                : cached.Session;
            cached = cached with { Identity = identity, Session = session };
        }
        if (last is null || !ReferenceEquals(last.Identity, cached.Identity) || last.Session.ExpiresAt < cached.Session.ExpiresAt)
            _lastOfUser[cached.Session.UserKey] = cached;
        _sessions[key] = cached;
        return cached;
    }

    internal void Remove(in SessionKey key) => _sessions.TryRemove(key, out _);

    // a tie counts as older: a read too many, never an end too late; no IsEmpty before it: that takes every lock of an empty dictionary
    private bool IsMarked(CachedSession cached) =>
        Volatile.Read(ref _allForgottenAt) >= cached.ReadAt
        || (_endedSignIns.TryGetValue(cached.Session.SignInSessionId, out var ended) && ended >= cached.ReadAt)
        || (_forgottenUsers.TryGetValue(cached.Session.UserKey, out var forgotten) && forgotten >= cached.ReadAt);
}
