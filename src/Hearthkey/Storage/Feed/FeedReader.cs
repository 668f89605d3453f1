using System.Globalization;

namespace Hearthkey.Storage.Feed;

/// <summary>
/// Reads the table <c>change</c> from where it stopped, so that no row is missed. On PostgreSQL a sequence number is given out before the commit, so
/// "after the last number" would lose a row that commits late: what is remembered is the oldest transaction that was still open, and rows of it
/// and of later ones are read again until it has ended.
/// </summary>
internal sealed class FeedReader(IStore store)
{
    private long _last;
    private ulong _oldestOpen;
    private HashSet<long> _told = [];

    public async Task BeginAsync(CancellationToken ct)
    {
        if (store.Dialect == Dialect.Sqlite)
            _last = await store.ReadAsync(db => db.OneAsync($"select coalesce(max(seq), 0) from change", row => row.Long()), ct);
        else
            _oldestOpen = await store.ReadAsync(OldestOpenAsync, ct);
    }

    public Task<Refresh> ReadAsync(CancellationToken ct) => store.Dialect == Dialect.Sqlite ? ReadSqliteAsync(ct) : ReadPostgresAsync(ct);

    // one writer numbers the rows in the order of their commits
    private async Task<Refresh> ReadSqliteAsync(CancellationToken ct)
    {
        var rows = await store.ReadAsync(
            db => db.ListAsync($"select seq, kind, key from change where seq > {_last} order by seq", ToRow), ct);
        if (rows.Count > 0) _last = rows[^1].Number;
        return new Refresh(false, Distinct(rows));
    }

    private async Task<Refresh> ReadPostgresAsync(CancellationToken ct)
    {
        var from = _oldestOpen.ToString(CultureInfo.InvariantCulture);
        var (oldestOpen, rows) = await store.ReadAsync(
            async db => (await OldestOpenAsync(db),
                await db.ListAsync($"select seq, kind, key from change where tx >= cast({from} as xid8) order by seq", ToRow)),
            ct);
        // a server whose transactions count lower than before was restored, or took over without the last ones
        var isLost = oldestOpen < _oldestOpen;
        var news = rows.Where(row => !_told.Contains(row.Number)).ToList();
        _told = [.. rows.Select(row => row.Number)];
        _oldestOpen = oldestOpen;
        return new Refresh(isLost, Distinct(news));
    }

    private static async ValueTask<ulong> OldestOpenAsync(Db db)
    {
        var text = await db.OneAsync($"select cast(pg_snapshot_xmin(pg_current_snapshot()) as text)", row => row.Text());
        return ulong.Parse(text!, CultureInfo.InvariantCulture);
    }

    private static FeedRow ToRow(Row row) => new(row.Long(), new Change(row.Text(), row.Text()));

    private static List<Change> Distinct(List<FeedRow> rows) => rows.Count switch
    {
        0 => [],
        1 => [rows[0].Change],
        _ => [.. rows.Select(row => row.Change).Distinct()],
    };

    private readonly record struct FeedRow(long Number, Change Change);
}
