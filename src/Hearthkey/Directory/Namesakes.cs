using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>
/// Whether an e-mail address or a UPN means one person alone: neither is unique. Answered from memory until somebody changes.
/// </summary>
public sealed class Namesakes
{
    private readonly IStore _store;
    private readonly StaleRule _rule;

    // about 200 bytes each
    private readonly Remembered<string, bool> _known = new(20_000);

    public Namesakes(IStore store, ChangeFeed feed, StaleRule rule)
    {
        _store = store;
        _rule = rule;
        feed.Subscribe([UserChanges.User], _ => _known.DropAll());
        feed.SubscribeLost(_known.DropAll);
    }

    /// <summary>Several people have this e-mail address, whatever the case of its letters.</summary>
    public ValueTask<bool> ShareEmailAsync(string email, CancellationToken ct)
    {
        var key = NameKey.Of(email);
        return IsSharedAsync("email\n" + key, $"select pk from users where email_key = {key} limit 2", ct);
    }

    /// <summary>Several people have this attribute <c>upn</c>.</summary>
    public ValueTask<bool> ShareUpnAsync(string upn, CancellationToken ct) =>
        IsSharedAsync("upn\n" + upn, $"select pk from users where attributes->>'upn' = {upn} limit 2", ct);

    private async ValueTask<bool> IsSharedAsync(string name, Sql holders, CancellationToken ct)
    {
        if (_known.TryFind(name, out var isShared) && _rule.MayBelieve) return isShared;
        var drops = _known.Drops;
        isShared = (await _store.ReadAsync(db => db.ListAsync(holders, r => r.Long()), ct)).Count > 1;
        _known.Add(name, isShared, drops);
        return isShared;
    }
}
