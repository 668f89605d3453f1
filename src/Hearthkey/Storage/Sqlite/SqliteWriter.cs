using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What queued up during a commit is the next batch: one transaction with a savepoint around each unit but the first, one
/// sync to disk for all, and only then do the callers hear of it. Nothing waits for a batch to fill.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // measured: with 64 callers batches hold about 50
    private const int LargestBatch = 256;
    private const int LongestQueue = 4096;

    private readonly SqliteConnections _connections;
    private readonly UnitRules _rules;
    private readonly Action _onReopened;
    // the only continuation is the writer's wake-up, which may run on the thread that enqueues
    private readonly Channel<SqliteUnit> _queue =
        Channel.CreateBounded<SqliteUnit>(new BoundedChannelOptions(LongestQueue) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly List<SqliteUnit> _batch = [];
    private readonly Thread _thread;

    // sleeps at once: spinning before it was a tenth of the CPU of a sign-in
    private readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 0);
    private KeptConnection? _connection;
    private bool _isDoubtful;

    public SqliteWriter(SqliteConnections connections, UnitRules rules, Action onReopened)
    {
        _connections = connections;
        _onReopened = onReopened;
        _rules = rules;
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    public ValueTask EnqueueAsync(SqliteUnit unit, CancellationToken ct) => _queue.Writer.WriteAsync(unit, ct);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.Run(_thread.Join);
        _arrived.Dispose();
    }

    private void Work()
    {
        while (WaitForUnits())
        {
            _batch.Clear();
#pragma warning disable CA1031 // the thread must live on; the callers get the failure
            try
            {
                CommitBatch(_connection ??= Open());
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

    /// <summary>False when there will be none any more.</summary>
    private bool WaitForUnits()
    {
        var arrival = _queue.Reader.WaitToReadAsync().AsTask();
        if (!arrival.IsCompleted)
        {
            _arrived.Reset();
            arrival.GetAwaiter().UnsafeOnCompleted(_arrived.Set);
            _arrived.Wait();
        }
        return arrival.GetAwaiter().GetResult();
    }

    // what readers have open may have been another file, or the same on a disk that has been mounted again since
    private KeptConnection Open()
    {
        var connection = _connections.OpenWriter();
        if (_isDoubtful) _onReopened();
        _isDoubtful = false;
        return connection;
    }

    private void CommitBatch(KeptConnection connection)
    {
        connection.Run("begin immediate");
        while (_batch.Count < LargestBatch && _queue.Reader.TryRead(out var unit))
        {
            _batch.Add(unit);
            if (_batch.Count == 1) RunFirst(unit, connection);
            else RunNext(unit, connection);
        }
        connection.Run("commit");
    }

    // with nothing before it in the transaction it needs no savepoint, for which SQLite would copy every page that it touches
    private void RunFirst(SqliteUnit unit, KeptConnection connection)
    {
#pragma warning disable CA1031 // belongs to the unit's caller
        try
        {
            unit.Run(connection, _rules);
        }
        catch (Exception failure)
        {
            unit.Failure = failure;
            if (IsLost(connection, failure)) throw;
            connection.Run("rollback");
            connection.Run("begin immediate");
        }
#pragma warning restore CA1031
    }

    private void RunNext(SqliteUnit unit, KeptConnection connection)
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
            if (IsLost(connection, failure)) throw;
            connection.Run("rollback to unit; release unit");
        }
#pragma warning restore CA1031
    }

    // a connection that was opened while the disk was read-only stays so: only a new one finds out that it is no more
    private static bool IsLost(KeptConnection connection, Exception failure) =>
        !connection.IsInTransaction() || (failure is SqliteException sqlite && sqlite.IsUnavailable() && sqlite.IsOfTheFile());

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
        _isDoubtful |= failure.IsOfTheFile();
    }
}
