namespace Hearthkey.Storage;

/// <summary>How one part of the snapshot is loaded, and the kinds of change that renew it.</summary>
internal sealed record SnapshotPart(
    IReadOnlySet<string> Kinds,
    Func<IServiceProvider, Db, Snapshot, ValueTask<Snapshot>> Load);
