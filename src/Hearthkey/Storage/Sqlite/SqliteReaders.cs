using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>Connections for reading, kept open because their settings would have to be made anew each time.</summary>
internal sealed class SqliteReaders(SqliteConnections connections, UnitRules rules) : IAsyncDisposable
{
    // reads end in memory or a short disk read: more would only queue at the processor
    private readonly SemaphoreSlim _places = new(Math.Max(4, Environment.ProcessorCount * 2));
    private readonly ConcurrentBag<KeptConnection> _idle = [];

    public async Task<T> ReadAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return await Task.Run(() => ReadOnAsync(work, ct), ct);
        }
        finally
        {
            _places.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var connection in _idle) connection.Dispose();
        _places.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> ReadOnAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        if (!_idle.TryTake(out var connection)) connection = connections.OpenReader();
        var reusable = false;
        try
        {
            connection.Run("begin");
            try
            {
                return await work(new Db(Dialect.Sqlite, connection, rules, ct));
            }
            finally
            {
                if (connection.IsInTransaction()) connection.Run("rollback");
                reusable = true;
            }
        }
        catch (SqliteException failure) when (failure.IsInterrupt())
        {
            throw new OperationCanceledException("The read was stopped.", failure, ct);
        }
        finally
        {
            if (reusable) _idle.Add(connection);
            else await connection.DisposeAsync();
        }
    }
}
