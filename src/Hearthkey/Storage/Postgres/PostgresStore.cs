using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Hearthkey.Storage.Postgres;

/// <summary>PostgreSQL, for one node or several: a transaction for each unit, run again after a conflict with another.</summary>
public sealed class PostgresStore : IStore
{
    private const int MostAttempts = 4;

    private readonly NpgsqlDataSource _source;
    private readonly PostgresConnections _connections;
    private readonly UnitRules _rules;

    /// <summary>Kinds of change in <paramref name="announcedKinds"/> are sent to other nodes by NOTIFY, at once.</summary>
    public PostgresStore(string connectionString, TimeProvider time, IReadOnlySet<string> announcedKinds)
    {
        _connections = new PostgresConnections(connectionString);
        _source = _connections.Source();
        _rules = new UnitRules(time, announcedKinds);
    }

    public Dialect Dialect => Dialect.Postgres;

    public StoreCounts Counts { get; } = new();

    public Func<Task>? Committed { get; set; }

    // rolled back, so that a unit which writes by mistake leaves nothing
    public async Task<T> ReadAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        var value = await RepeatAsync(
            async attempt =>
            {
                await using var connection = await OpenAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
                attempt.IsRepeatable = true;
                var value = await work(new Db(Dialect.Postgres, connection, _rules, ct));
                await transaction.RollbackAsync(CancellationToken.None);
                return value;
            },
            Counts.ReadFailed);
        Counts.Read();
        return value;
    }

    public async Task<T> WriteAsync<T>(Func<Db, ValueTask<T>> work, CancellationToken ct)
    {
        var (value, hasChanges) = await RepeatAsync(
            async attempt =>
            {
                await using var connection = await OpenAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(ct);
                attempt.IsRepeatable = true;
                var db = new Db(Dialect.Postgres, connection, _rules, ct);
                var result = await work(db);
                // from here on nobody knows whether it was done
                attempt.IsRepeatable = false;
                await transaction.CommitAsync(CancellationToken.None);
                return (result, db.HasChanges);
            },
            Counts.WriteFailed);
        Counts.Written();
        if (hasChanges && Committed is { } committed) await committed();
        return value;
    }

    async Task<DbConnection> IStore.ConnectAsync(CancellationToken ct) => await _connections.OpenAsync(ct);

    async Task<IAsyncDisposable?> IStore.LockStartAsync(CancellationToken ct) => await PostgresStartLock.TakeAsync(_connections, ct);

    Task IStore.ListenAsync(Action wake, CancellationToken ct) => new PostgresListener(_connections, _rules.Time).RunAsync(wake, ct);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        try
        {
            return await _source.OpenConnectionAsync(ct);
        }
        catch (Exception failure) when (failure.IsOfConnecting())
        {
            throw failure.AsUnavailable();
        }
    }

    // a connection of the pool may have died with a server that is back by now: the second attempt gets a new one
    private static async Task<T> RepeatAsync<T>(Func<Attempt, Task<T>> unit, Action<DbException> failed)
    {
        for (var number = 1; ; number++)
        {
            var attempt = new Attempt();
            try
            {
                return await unit(attempt);
            }
            catch (PostgresException failure) when (failure.IsConflict() && number < MostAttempts)
            {
            }
            catch (NpgsqlException failure) when (failure.IsUnavailable())
            {
                if (attempt.IsRepeatable && number == 1) continue;
                failed(failure);
                throw failure.AsUnavailable();
            }
            catch (DbException failure)
            {
                failed(failure);
                throw;
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
                var away = failure.AsUnavailable();
                failed(away);
                throw away;
            }
        }
    }

    private sealed class Attempt
    {
        /// <summary>It got as far as the unit, and not yet to the commit.</summary>
        public bool IsRepeatable { get; set; }
    }
}
