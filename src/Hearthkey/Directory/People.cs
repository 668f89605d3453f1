using System.Globalization;
using Hearthkey.Directory.Accounts;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>
/// Finds accounts: from memory where they were asked for before, otherwise from the database. The change feed drops what is out of date.
/// </summary>
public sealed class People
{
    private readonly IStore _store;
    private readonly Snapshots _snapshots;
    private readonly StaleRule _rule;

    // about 1 KB each; more is more than a node sees in a day
    private readonly Remembered<long, KnownAccount> _known = new(20_000);

    public People(IStore store, Snapshots snapshots, ChangeFeed feed, StaleRule rule)
    {
        _store = store;
        _snapshots = snapshots;
        _rule = rule;
        feed.Subscribe([UserChanges.User, UserChanges.Password], change => Drop(change.Key));
        feed.SubscribeLost(_known.DropAll);
    }

    /// <summary>The account with this key, active or not; null where there is none.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say: it is not in memory, or no longer believed, and the database is away.</exception>
    public ValueTask<Account?> FindAsync(long pk, CancellationToken ct) => FindAsync(pk, _snapshots.Current, ct);

    /// <summary>The same with the groups of one snapshot, for those who look at several things.</summary>
    public async ValueTask<Account?> FindAsync(long pk, Snapshot snapshot, CancellationToken ct)
    {
        var tree = snapshot.Get<GroupTree>();
        if (!_known.TryFind(pk, out var known) || !_rule.MayBelieve)
        {
            var drops = _known.Drops;
            known = await _store.ReadAsync(db => KnownAccount.LoadAsync(db, pk), ct);
            if (known is null) return null;
            _known.Add(pk, known, drops);
        }
        return known.In(tree);
    }

    /// <summary>
    /// The account that somebody who signs in means. A username goes before an e-mail address; an address that several have means nobody.
    /// </summary>
    public async ValueTask<Account?> FindByLoginAsync(string text, bool byUsername, bool byEmail, CancellationToken ct)
    {
        var key = NameKey.Of(text);
        if (key.Length is 0 or > 254) return null;
        var pk = await _store.ReadAsync(async db =>
        {
            var named = byUsername ? await db.OneAsync($"select pk from users where username_key = {key}", r => (long?)r.Long()) : null;
            if (named is not null || !byEmail) return named;
            return await db.ListAsync($"select pk from users where email_key = {key} limit 2", r => r.Long()) is [var only] ? only : null;
        }, ct);
        return pk is { } found ? await FindAsync(found, ct) : null;
    }

    private void Drop(string key)
    {
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)) _known.Drop(pk);
        else _known.DropAll();
    }
}
