using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Hearthkey.Storage;

/// <summary>
/// What a node read from the database lately, by key, until the change feed says that it is out of date. A change that is told while something is
/// read may be missing in what is read: so the reader takes <see cref="Drops"/> before, and what was read before a drop is not kept.
/// Whether it may be believed while the database is away is for <see cref="StaleRule"/> to say.
/// </summary>
/// <param name="most">Entries at most; one more, and all are forgotten: what is in use comes back at its next use.</param>
public sealed class Remembered<TKey, TValue>(int most) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _entries = new();
    private long _drops;

    /// <summary>Counts up with every drop.</summary>
    public long Drops => Interlocked.Read(ref _drops);

    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value) => _entries.TryGetValue(key, out value);

    /// <summary>Keeps what was read.</summary>
    /// <param name="drops"><see cref="Drops"/> as it was before the read.</param>
    public void Add(TKey key, TValue value, long drops)
    {
        if (_entries.Count >= most) _entries.Clear();
        _entries[key] = value;
        if (Drops != drops) _entries.TryRemove(key, out _);
    }

    public void Drop(TKey key)
    {
        Interlocked.Increment(ref _drops);
        _entries.TryRemove(key, out _);
    }

    /// <summary>Drops those that match; counts as a drop where none does, for one may be being read.</summary>
    public void DropWhere(Func<TValue, bool> isOver)
    {
        Interlocked.Increment(ref _drops);
        foreach (var (key, value) in _entries)
            if (isOver(value)) _entries.TryRemove(key, out _);
    }

    public void DropAll()
    {
        Interlocked.Increment(ref _drops);
        _entries.Clear();
    }
}
