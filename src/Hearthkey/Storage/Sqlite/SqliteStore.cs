using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>One file, one process: many readers beside one group-committing writer.</summary>
public sealed class SqliteStore : IStore
{
    private readonly string _path;
    private readonly SqliteConnections _connections;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private SqliteLock? _lock;

    /// <summary>The file is made at the first use; its folder must be there.</summary>
    public SqliteStore(string path, TimeProvider time)
    {
        _path = path;
        _connections = new SqliteConnections(path);
        var rules = new UnitRules(time, new HashSet<string>());
        _readers = new SqliteReaders(_connections, rules);
        _writer = new SqliteWriter(_connections, rules, _readers.Renew);
    }

    public Dialect Dialect => Dialect.Sqlite;

    public StoreCounts Counts { get; } = new();

    public Func<Task>? Committed { get; set; }

    public async Task<T> ReadAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        try
        {
            var value = await _readers.ReadAsync(work, ct);
            Counts.Read();
            return value;
        }
        catch (DbException failure)
        {
            Counts.ReadFailed(failure);
            if (failure is SqliteException away && away.IsUnavailable()) throw away.AsUnavailable(_path);
            throw;
        }
    }

    public async Task<T> WriteAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        var unit = new SqliteUnit<T>(work, ct);
        await _writer.EnqueueAsync(unit, ct);
        try
        {
            var value = await unit.Outcome;
            Counts.Written();
            if (unit.HasChanges && Committed is { } committed) await committed();
            return value;
        }
        catch (DbException failure)
        {
            Counts.WriteFailed(failure);
            if (failure is SqliteException away && away.IsUnavailable()) throw away.AsUnavailable(_path);
            throw;
        }
    }

    Task<DbConnection> IStore.ConnectAsync(CancellationToken ct)
    {
        try
        {
            return Task.FromResult<DbConnection>(_connections.OpenWriter());
        }
        catch (SqliteException failure) when (failure.IsUnavailable())
        {
            throw failure.AsUnavailable(_path);
        }
    }

    Task<IAsyncDisposable?> IStore.LockStartAsync(CancellationToken ct)
    {
        _lock ??= SqliteLock.Take(_path);
        return Task.FromResult<IAsyncDisposable?>(null);
    }

    // nobody else writes to the file
    Task IStore.ListenAsync(Action wake, CancellationToken ct) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _readers.DisposeAsync();
        _lock?.Dispose();
    }
}
