using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>Connections for reading, kept open because their settings would have to be made anew each time.</summary>
internal sealed class SqliteReaders(SqliteConnections connections, UnitRules rules) : IAsyncDisposable
{
    // reads end in memory or a short disk read: more would only queue at the processor
    private readonly SemaphoreSlim _places = new(Math.Max(4, Environment.ProcessorCount * 2));
    private readonly ConcurrentBag<KeptConnection> _idle = [];
    private int _age;

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

    /// <summary>Opens every connection anew: the writer had to, since the file may be another one now, or its disk mounted again.</summary>
    public void Renew()
    {
        Interlocked.Increment(ref _age);
        CloseIdle();
    }

    public ValueTask DisposeAsync()
    {
        CloseIdle();
        _places.Dispose();
        return ValueTask.CompletedTask;
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }

    private async Task<T> ReadOnAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        var age = Volatile.Read(ref _age);
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
        catch (SqliteException failure) when (failure.IsUnavailable())
        {
            reusable = false;
            throw;
        }
        finally
        {
            if (reusable && age == Volatile.Read(ref _age)) _idle.Add(connection);
            else await connection.DisposeAsync();
            // it was put back while the others were closed
            if (age != Volatile.Read(ref _age)) CloseIdle();
        }
    }
}
