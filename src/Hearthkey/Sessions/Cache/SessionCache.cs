using System.Collections.Concurrent;

namespace Hearthkey.Sessions.Cache;

/// <summary>The sessions that this node has seen lately. Bounded: what falls out is read from the database again.</summary>
internal sealed class SessionCache(int most)
{
    private readonly ConcurrentDictionary<string, SessionEntry> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, SessionEntry> _byUuid = new();
    private long _drops;
    private int _count;

    /// <summary>Counts up with every drop. Whoever reads a row takes it before and gives it to <see cref="Add"/>: a row read before a drop is not kept.</summary>
    public long Drops => Interlocked.Read(ref _drops);

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<SessionEntry> All => _byId.Select(pair => pair.Value);

    public SessionEntry? Find(string idHash) => _byId.GetValueOrDefault(idHash);

    public SessionEntry? Find(Guid uuid) => _byUuid.GetValueOrDefault(uuid);

    public void Add(SessionEntry entry, long drops)
    {
        if (Interlocked.Increment(ref _count) > most) MakeRoom();
        if (!_byId.TryAdd(entry.Session.IdHash, entry))
        {
            _byId[entry.Session.IdHash] = entry;
            Interlocked.Decrement(ref _count);
        }
        _byUuid[entry.Session.Uuid] = entry;
        // a drop that came between the read of the row and now has not seen this entry
        if (Drops != drops) Remove(entry);
    }

    public void Drop(Guid uuid)
    {
        Interlocked.Increment(ref _drops);
        if (_byUuid.TryGetValue(uuid, out var entry)) Remove(entry);
    }

    public void DropUser(long userPk)
    {
        Interlocked.Increment(ref _drops);
        foreach (var entry in All)
            if (entry.Session.UserPk == userPk) Remove(entry);
    }

    public void Clear()
    {
        Interlocked.Increment(ref _drops);
        foreach (var entry in All) Remove(entry);
    }

    private void Remove(SessionEntry entry)
    {
        if (_byId.TryRemove(KeyValuePair.Create(entry.Session.IdHash, entry))) Interlocked.Decrement(ref _count);
        _byUuid.TryRemove(KeyValuePair.Create(entry.Session.Uuid, entry));
    }

    // the longest unused eighth goes, so that this walk is rare
    private void MakeRoom()
    {
        foreach (var entry in All.OrderBy(e => e.UsedAt).Take((most / 8) + 1).ToList()) Remove(entry);
    }
}
