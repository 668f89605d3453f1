using Hearthkey.Storage.Postgres;

namespace Hearthkey.Storage;

/// <summary>Brings storage up, in the order of DESIGN 4: lock, refuse a newer schema, migrate, default sets, snapshot, feed.</summary>
public sealed class StorageStart(
    IServiceProvider services,
    IStore store,
    StorageOptions options,
    Snapshots snapshots,
    ChangeFeed feed,
    ILogger<StorageStart> log)
{
    /// <summary>
    /// Runs once per process, before it listens. On PostgreSQL other nodes that start wait until the default sets are in; a second process on one
    /// SQLite file is refused.
    /// </summary>
    /// <exception cref="SchemaException">This program must not work on this database.</exception>
    /// <exception cref="StorageUnavailableException">The database is out of reach or belongs to another process.</exception>
    public async Task RunAsync(Func<IServiceProvider, CancellationToken, Task> applyDefaults, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        await using (await store.LockStartAsync(ct))
        {
            if (store.Dialect == Dialect.Postgres) await PostgresChecks.RunAsync(store, log, ct);
            await Migrator.RunAsync(store, options.Migrations(store.Dialect), time, ct);
            await applyDefaults(services, ct);
        }
        // the feed's position first: what is committed while the snapshot loads is then heard of
        await feed.BeginAsync(ct);
        await snapshots.LoadAsync(ct);
        feed.RefreshWith(snapshots.RefreshAsync);
        feed.Start();
    }

    /// <summary>For one command beside a server that may be running: takes no lock, changes no schema, follows no feed.</summary>
    /// <param name="check">Looks at the database before anything in it is used.</param>
    /// <exception cref="SchemaException">There is no database yet, or it is not at this program's step.</exception>
    /// <exception cref="StorageUnavailableException">The database is out of reach.</exception>
    public async Task AttachAsync(Func<IServiceProvider, Db, ValueTask> check, CancellationToken ct)
    {
        await Migrator.CheckAsync(store, options.Migrations(store.Dialect), ct);
        await store.ReadAsync(async db =>
        {
            await check(services, db);
            return true;
        }, ct);
        await snapshots.LoadAsync(ct);
    }
}
