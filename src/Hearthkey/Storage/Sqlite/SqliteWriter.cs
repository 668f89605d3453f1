using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What queued up during a commit is the next batch: one transaction with a savepoint around each unit, one sync to
/// disk for all, and only then do the callers hear of it. Nothing waits for a batch to fill.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // measured: with 64 callers batches hold about 50
    private const int LargestBatch = 256;
    private const int LongestQueue = 4096;

    private readonly SqliteConnections _connections;
    private readonly UnitRules _rules;
    private readonly Channel<SqliteUnit> _queue =
        Channel.CreateBounded<SqliteUnit>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly List<SqliteUnit> _batch = [];
    private readonly Thread _thread;
    private KeptConnection? _connection;

    public SqliteWriter(SqliteConnections connections, UnitRules rules)
    {
        _connections = connections;
        _rules = rules;
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    public ValueTask EnqueueAsync(SqliteUnit unit, CancellationToken ct) => _queue.Writer.WriteAsync(unit, ct);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
    }

    private void Work()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _batch.Clear();
#pragma warning disable CA1031 // the thread must live on; the callers get the failure
            try
            {
                CommitBatch(_connection ??= _connections.OpenWriter());
            }
            catch (Exception failure)
            {
                FailBatch(failure);
                continue;
            }
#pragma warning restore CA1031
            foreach (var unit in _batch) unit.Complete();
        }
        _connection?.Dispose();
    }

    private void CommitBatch(KeptConnection connection)
    {
        connection.Run("begin immediate");
        while (_batch.Count < LargestBatch && _queue.Reader.TryRead(out var unit))
        {
            _batch.Add(unit);
            RunOne(unit, connection);
        }
        connection.Run("commit");
    }

    private void RunOne(SqliteUnit unit, KeptConnection connection)
    {
        connection.Run("savepoint unit");
#pragma warning disable CA1031 // belongs to the unit's caller
        try
        {
            unit.Run(connection, _rules);
            connection.Run("release unit");
        }
        catch (Exception failure)
        {
            unit.Failure = failure;
            if (!connection.IsInTransaction()) throw;
            connection.Run("rollback to unit; release unit");
        }
#pragma warning restore CA1031
    }

    private void FailBatch(Exception failure)
    {
        // when not even a transaction could be begun, those who wait now must hear of it
        if (_batch.Count == 0)
        {
            for (var waiting = _queue.Reader.Count; waiting > 0 && _queue.Reader.TryRead(out var unit); waiting--) _batch.Add(unit);
        }
        var cause = failure as SqliteException as Exception
            ?? new StorageUnavailableException("The database undid the writes of this moment: try again.", failure);
        foreach (var unit in _batch) unit.Fail(unit.Failure ?? cause);
        // a new connection rolls back and finds a file that was replaced, or a disk that is back
        _connection?.Dispose();
        _connection = null;
    }
}
