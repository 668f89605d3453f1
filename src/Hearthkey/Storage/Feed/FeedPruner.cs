using System.Data.Common;

namespace Hearthkey.Storage.Feed;

/// <summary>Deletes changes that every node has heard of, in steps that hold nobody up.</summary>
internal sealed class FeedPruner(IStore store, TimeProvider time)
{
    private const int Step = 500;
    private static readonly TimeSpan _every = TimeSpan.FromMinutes(1);
    private DateTimeOffset _dueAt;

    public async Task PruneWhenDueAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() < _dueAt) return;
        try
        {
            var deleted = await store.WriteAsync(db => PruneAsync(db, time.GetUtcNow() - ChangeFeed.KeptFor), ct);
            if (deleted < Step) _dueAt = time.GetUtcNow() + _every;
        }
        catch (DbException)
        {
            _dueAt = time.GetUtcNow() + _every;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    // the oldest rows are the first ones, so no index on the time is needed
    private static ValueTask<int> PruneAsync(Db db, DateTimeOffset before) => db.ExecAsync(
        $"""
        delete from change where seq in
          (select seq from (select seq, at from change order by seq limit {Step}) oldest where at < {before})
        """);
}
