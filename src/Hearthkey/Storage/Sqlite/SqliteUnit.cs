using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>A unit of work that waits for the writer thread.</summary>
internal abstract class SqliteUnit
{
    public Exception? Failure { get; set; }

    /// <summary>Whether it recorded changes; known when it has run.</summary>
    public bool HasChanges { get; protected set; }

    public abstract void Run(SqliteConnection connection, UnitRules rules);

    /// <summary>Tells the caller, once the commit is on disk.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

internal sealed class SqliteUnit<T>(Func<Db, ValueTask<T>> work, CancellationToken ct) : SqliteUnit
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _value = default!;

    public Task<T> Outcome => _outcome.Task;

    public override void Run(SqliteConnection connection, UnitRules rules)
    {
        ct.ThrowIfCancellationRequested();
        var db = new Db(Dialect.Sqlite, connection, rules, ct, Environment.CurrentManagedThreadId);
        var task = work(db).AsTask();
        // SQLite answers on the spot: what is not complete waits for something else, and all writers would wait with it
        if (!task.IsCompleted) throw new InvalidOperationException("A unit of work may await only its Db.");
        _value = task.GetAwaiter().GetResult();
        HasChanges = db.HasChanges;
    }

    public override void Complete()
    {
        if (Failure is null) _outcome.TrySetResult(_value);
        else Fail(Failure);
    }

    public override void Fail(Exception failure)
    {
        if (failure is OperationCanceledException stopped) _outcome.TrySetCanceled(stopped.CancellationToken);
        else _outcome.TrySetException(failure);
    }
}
