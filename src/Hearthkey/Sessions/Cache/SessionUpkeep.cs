using Hearthkey.Storage;

namespace Hearthkey.Sessions.Cache;

/// <summary>What runs beside the requests: writing back when sessions were used, and ending those that have had their time.</summary>
internal sealed class SessionUpkeep(SessionCache cache, IStore store, TimeProvider time)
{
    /// <summary>DESIGN 4.2: at most every ten minutes a session.</summary>
    public static readonly TimeSpan WriteUseEvery = TimeSpan.FromMinutes(10);

    /// <summary>How long another node may keep the use of a session to itself: two of its turns to write it back.</summary>
    private static readonly TimeSpan _useUnknown = 2 * WriteUseEvery;

    /// <summary>Ends those that have had their time, so that what hangs on them ends too.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // those that the database takes for unused, while their use stands only here as yet
        await WriteUseAsync(e => e.WrittenAt + e.Session.Idle <= now, ct);
        while (await store.WriteAsync(async db =>
        {
            var over = await SessionRows.DeleteOverAsync(db, now, now - _useUnknown);
            await SessionRows.EndedAsync(db, over);
            return over.Count;
        }, ct) > 0)
        {
        }
    }

    /// <summary>Writes back when sessions were used.</summary>
    public Task WriteUseAsync(CancellationToken ct) => WriteUseAsync(_ => true, ct);

    private async Task WriteUseAsync(Func<SessionEntry, bool> which, CancellationToken ct)
    {
        foreach (var batch in cache.All.Where(e => e.UsedAt > e.WrittenAt && which(e)).Chunk(500))
        {
            var used = batch.Select(e => (Entry: e, e.UsedAt)).ToList();
            await store.WriteAsync(async db =>
            {
                foreach (var (entry, at) in used) await SessionRows.UsedAsync(db, entry.Session.Uuid, at);
                return true;
            }, ct);
            foreach (var (entry, at) in used) entry.Written(at);
        }
    }
}
