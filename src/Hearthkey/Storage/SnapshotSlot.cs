namespace Hearthkey.Storage;

/// <summary>Gives each type of part a place in the array, the same in every snapshot of the process.</summary>
internal static class SnapshotSlot
{
    private static int _count;

    public static int Take() => Interlocked.Increment(ref _count) - 1;
}

internal static class SnapshotSlot<T>
{
    public static readonly int Index = SnapshotSlot.Take();
}
