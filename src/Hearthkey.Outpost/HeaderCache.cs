using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Outpost;

/// <summary>
/// Logins by header that were found lately, for a minute each, under a hash of header and provider: neither is in memory. Whoever hears of a
/// revocation tells it to forget; what was being looked up meanwhile is not kept.
/// </summary>
public sealed class HeaderCache
{
    /// <summary>As long as authentik's outposts keep one: from its first use, however often it is used.</summary>
    private static readonly TimeSpan _life = TimeSpan.FromSeconds(60);

    /// <summary>Own choice; about 300 bytes each. One more, and all are forgotten: what is in use comes back at its next use.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<SessionKey, Entry> _entries = new();
    private long _forgets;

    /// <summary>Logins in memory now.</summary>
    public int Count => _entries.Count;

    /// <summary>Something about the user changed.</summary>
    public void ForgetUser(int userKey)
    {
        Interlocked.Increment(ref _forgets);
        foreach (var (key, entry) in _entries)
        {
            if (entry.Login.UserKey == userKey)
                _entries.TryRemove(key, out _);
        }
    }

    /// <summary>An app password or grant ended, or news may have been missed.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _forgets);
        _entries.Clear();
    }

    /// <summary>Counts up with every forgetting; taken before something is looked up.</summary>
    internal long Forgets => Interlocked.Read(ref _forgets);

    internal static SessionKey KeyOf(int provider, string header)
    {
        var length = Encoding.UTF8.GetByteCount(header);
        Span<byte> bytes = length <= 2048 ? stackalloc byte[2048 + 4] : new byte[length + 4];
        MemoryMarshal.Write(bytes, in provider);
        Encoding.UTF8.GetBytes(header, bytes[4..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes[..(length + 4)], hash);
        return MemoryMarshal.Read<SessionKey>(hash);
    }

    internal HeaderLogin? Find(in SessionKey key, long configurationVersion, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(key, out var entry))
            return null;
        if (entry.Version == configurationVersion && entry.Until > now)
            return entry.Login;
        _entries.TryRemove(new(key, entry));
        return null;
    }

    internal void Add(in SessionKey key, HeaderLogin login, long configurationVersion, DateTimeOffset now, long forgets)
    {
        if (_entries.Count >= Most)
            _entries.Clear();
        var until = login.ExpiresAt is { } end && end < now + _life ? end : now + _life;
        _entries.TryAdd(key, new(login, configurationVersion, until));
        if (Forgets != forgets)
            _entries.TryRemove(key, out _);
    }

    private sealed record Entry(HeaderLogin Login, long Version, DateTimeOffset Until);
}
