using System.Data.Common;

namespace Hearthkey.Storage;

/// <summary>
/// The one door to the database. A unit of work may await only its <see cref="Db"/> and have no effect outside it:
/// PostgreSQL may run it again after a conflict, and on SQLite every other writer waits for it.
/// </summary>
/// <exception cref="StorageUnavailableException">From both methods: the database is out of reach, read-only or full.</exception>
public interface IStore : IAsyncDisposable
{
    Dialect Dialect { get; }

    /// <summary>Runs a unit that only reads. It sees one state of the database from beginning to end.</summary>
    Task<T> ReadAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct);

    /// <summary>
    /// Runs a unit that is atomic, and durable when the task completes. Changes it recorded with <see cref="Db.ChangedAsync"/>
    /// have been applied on this node by then: whoever wrote sees the result in the snapshot.
    /// </summary>
    Task<T> WriteAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct);

    /// <summary>How often it was asked, for the metrics.</summary>
    StoreCounts Counts { get; }

    /// <summary>What to run after a commit that recorded changes, before its caller hears of it. Set by the change feed; never throws.</summary>
    Func<Task>? Committed { get; set; }

    /// <summary>A writable connection of its own, outside pool and writer, for migrations.</summary>
    internal Task<DbConnection> ConnectAsync(CancellationToken ct);

    /// <summary>SQLite: refuses a second process until this store is disposed. PostgreSQL: waits until no other node holds what is returned.</summary>
    internal Task<IAsyncDisposable?> LockStartAsync(CancellationToken ct);

    /// <summary>Calls <paramref name="wake"/> whenever another node announces a change, until it is stopped. Never throws.</summary>
    internal Task ListenAsync(Action wake, CancellationToken ct);
}
