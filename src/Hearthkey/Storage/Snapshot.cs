namespace Hearthkey.Storage;

/// <summary>Everything that decides a request, as it was at one moment. Immutable: look at one from the beginning of a request to its end.</summary>
public sealed class Snapshot
{
    private readonly object?[] _parts;

    private Snapshot(object?[] parts) => _parts = parts;

    /// <summary>Without any part; a test builds on it.</summary>
    public static Snapshot Empty { get; } = new([]);

    /// <summary>The part of this type; as quick as reading an array.</summary>
    /// <exception cref="InvalidOperationException">No such part, or one that is loaded later in the order of registration.</exception>
    public T Get<T>()
        where T : class
    {
        var slot = SnapshotSlot<T>.Index;
        return slot < _parts.Length && _parts[slot] is T part
            ? part
            : throw new InvalidOperationException($"The snapshot has no {typeof(T).Name} (yet): register it before what uses it.");
    }

    /// <summary>The same with this part in place.</summary>
    public Snapshot With<T>(T part)
        where T : class
    {
        var slot = SnapshotSlot<T>.Index;
        var parts = new object?[Math.Max(_parts.Length, slot + 1)];
        _parts.CopyTo(parts, 0);
        parts[slot] = part;
        return new Snapshot(parts);
    }
}
