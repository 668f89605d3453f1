using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hearthkey.Storage;

/// <summary>The database as one unit of work sees it. Not for use after the unit, nor by two threads.</summary>
public sealed class Db
{
    private readonly DbConnection _connection;
    private readonly UnitRules _rules;
    private readonly int? _onlyThread;

    // onlyThread: the writer thread of SQLite; a unit that awaited something else goes on elsewhere, and is stopped here
    internal Db(Dialect dialect, DbConnection connection, UnitRules rules, CancellationToken ct, int? onlyThread = null)
    {
        Dialect = dialect;
        Stop = ct;
        _connection = connection;
        _rules = rules;
        _onlyThread = onlyThread;
    }

    public Dialect Dialect { get; }

    /// <summary>Ends the unit: every statement looks at it.</summary>
    public CancellationToken Stop { get; }

    internal bool HasChanges { get; private set; }

    /// <summary>Runs a statement and says how many rows it touched.</summary>
    public async ValueTask<int> ExecAsync(Sql sql)
    {
        var command = Command(sql);
        var isGood = false;
        try
        {
            var touched = await command.ExecuteNonQueryAsync(Stop);
            isGood = true;
            return touched;
        }
        finally
        {
            await SqlCommand.ReleaseAsync(_connection, command, isGood);
        }
    }

    /// <summary>
    /// The first row, or <c>default</c>. For a value type that is zero: map to a nullable (<c>r =&gt; (long?)r.Long()</c>) to tell "no row" apart.
    /// </summary>
    public async ValueTask<T?> OneAsync<T>(Sql sql, Func<Row, T> map) => await RowsAsync(sql, map, most: 1) is [var first] ? first : default;

    public ValueTask<List<T>> ListAsync<T>(Sql sql, Func<Row, T> map) => RowsAsync(sql, map, most: int.MaxValue);

    /// <summary>
    /// Tells every node, once this unit has committed, that something of this kind has changed; the key says which one, in the words of its
    /// area (an id, a slug). Other nodes hear of kinds that a snapshot part listed at once, of others within a second.
    /// </summary>
    public async ValueTask ChangedAsync(string kind, string key)
    {
        var at = _rules.Time.GetUtcNow();
        await ExecAsync($"insert into change (at, kind, key) values ({at}, {kind}, {key})");
        if (Dialect == Dialect.Postgres && _rules.NotifiedKinds.Contains(kind))
            await ExecAsync($"select pg_notify({UnitRules.Channel}, '')");
        HasChanges = true;
    }

    /// <summary>The next integer key of a counter, from 1. A key that was handed out by a committed unit never comes again.</summary>
    public ValueTask<long> NextKeyAsync(string counter) => OneAsync(
        $"insert into counter (name, value) values ({counter}, 1) on conflict (name) do update set value = counter.value + 1 returning value",
        row => row.Long());

    /// <summary>The first of a block of new keys that follow each other, for those who need many: keys of a block that are not used are lost.</summary>
    public async ValueTask<long> NextKeysAsync(string counter, long count) => await OneAsync(
        $"insert into counter (name, value) values ({counter}, {count}) on conflict (name) do update set value = counter.value + {count} returning value",
        row => row.Long()) - count + 1;

    /// <summary>Makes sure that the next key is above <paramref name="atLeast"/>, after an import that brought keys along.</summary>
    public async ValueTask RaiseCounterAsync(string counter, long atLeast) => await ExecAsync(
        $"""
        insert into counter (name, value) values ({counter}, {atLeast})
        on conflict (name) do update set value = case when counter.value < excluded.value then excluded.value else counter.value end
        """);

    private async ValueTask<List<T>> RowsAsync<T>(Sql sql, Func<Row, T> map, int most)
    {
        var command = Command(sql);
        var isGood = false;
        try
        {
            var list = await ReadAsync(command, map, most);
            isGood = true;
            return list;
        }
        finally
        {
            await SqlCommand.ReleaseAsync(_connection, command, isGood);
        }
    }

    private async ValueTask<List<T>> ReadAsync<T>(DbCommand command, Func<Row, T> map, int most)
    {
        using var interrupt = InterruptOnStop();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var list = new List<T>();
        var row = new Row(reader);
        // a statement with RETURNING must run to its end even when one row was asked for
        while (await reader.ReadAsync(Stop))
        {
            if (list.Count < most) list.Add(row.Map(map));
        }
        return list;
    }

    private DbCommand Command(Sql sql)
    {
        Stop.ThrowIfCancellationRequested();
        if (_onlyThread is { } thread && thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("A unit of work may await only its Db.");
        return SqlCommand.Create(_connection, sql);
    }

    // never on the writer: an interrupted write undoes the whole transaction, and with it the units of others
    private CancellationTokenRegistration InterruptOnStop() =>
        _onlyThread is null && _connection is SqliteConnection { Handle: { } handle } && Stop.CanBeCanceled
            ? Stop.Register(static state => raw.sqlite3_interrupt((sqlite3)state!), handle)
            : default;
}
