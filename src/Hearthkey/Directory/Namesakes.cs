using System.Collections.Concurrent;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>
/// Whether an e-mail address or a UPN means one person alone: neither is unique. Answered from memory until somebody changes.
/// </summary>
public sealed class Namesakes
{
    // about 200 bytes each
    private const int MostRemembered = 20_000;

    private readonly IStore _store;
    private readonly StaleRule _rule;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private long _generation;

    public Namesakes(IStore store, ChangeFeed feed, StaleRule rule)
    {
        _store = store;
        _rule = rule;
        feed.Subscribe([UserChanges.User], _ => Drop());
        feed.SubscribeLost(Drop);
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
        if (_known.TryGetValue(name, out var isShared) && _rule.MayBelieve) return isShared;
        var generation = Interlocked.Read(ref _generation);
        isShared = (await _store.ReadAsync(db => db.ListAsync(holders, r => r.Long()), ct)).Count > 1;
        if (_known.Count >= MostRemembered) _known.Clear();
        _known[name] = isShared;
        // a change that was told while we read may be missing in what we read
        if (Interlocked.Read(ref _generation) != generation) _known.TryRemove(name, out _);
        return isShared;
    }

    private void Drop()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }
}
