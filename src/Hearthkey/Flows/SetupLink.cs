using Hearthkey.Directory;
using Hearthkey.Flows.Start;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>
/// The way into a fresh server: a one-time link in the log opens <c>/if/flow/initial-setup/</c>. Each start of each node prints one of its own, and
/// each is good until it expires. Closed for good once any admin has ever had a password, also after that admin is deleted (T42).
/// </summary>
public sealed class SetupLink(IStore store, TimeProvider time)
{
    public const string Slug = "initial-setup";

    /// <summary>24 hours: a new one is printed at each start.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string Purpose = "setup";
    private const string Link = "setup-link/";
    private const string Closed = "setup-closed";

    private volatile bool _isClosed;

    /// <summary>Makes a new link, to be printed; the ones before stay good, for another node may have printed them. Null where setup is closed.</summary>
    /// <returns>Path and query, to be put behind the server's address.</returns>
    public async Task<string?> IssueAsync(CancellationToken ct)
    {
        var token = OpaqueSecret.New();
        return await store.WriteAsync(async db =>
        {
            if (!await IsOpenAsync(db)) return null;
            var link = StoredLink.New(Purpose, token, time.GetUtcNow() + Lifetime);
            await link.SaveAsync(db, Link + link.Hash);
            return $"/if/flow/{Slug}/?setup={token}";
        }, ct);
    }

    /// <summary>Nobody has ever been able to administer this server.</summary>
    public async ValueTask<bool> IsOpenAsync(CancellationToken ct) =>
        !_isClosed && await store.WriteAsync<bool>(async db => await IsOpenAsync(db), ct);

    /// <summary>The same inside a unit of work; remembers for good that it is closed.</summary>
    internal async ValueTask<bool> IsOpenAsync(Db db)
    {
        if (_isClosed) return false;
        if (await db.OneAsync($"select count(*) from singleton where name = {Closed}", r => r.Long()) == 0)
        {
            if (!await Admins.AnyHasPasswordAsync(db)) return true;
            await CloseAsync(db);
            return false;
        }
        _isClosed = true;
        return false;
    }

    /// <summary>The link was printed and is not expired.</summary>
    internal async ValueTask<bool> IsGoodAsync(string token, CancellationToken ct)
    {
        // looked up by its hash, which tells nothing of a token that is nearly right
        var link = await store.ReadAsync(db => StoredLink.FindAsync(db, Link + StoredLink.HashOf(Purpose, token)), ct);
        return link is not null && link.ExpiresAt > time.GetUtcNow() && link.Opens(Purpose, token);
    }

    private async ValueTask CloseAsync(Db db)
    {
        await db.ExecAsync($"delete from singleton where name like {Link + "%"}");
        var value = new Json($$"""{"at":{{time.GetUtcNow().ToUnixTimeMilliseconds()}}}""");
        await db.ExecAsync($"insert into singleton (name, value) values ({Closed}, {value}) on conflict (name) do nothing");
    }
}
