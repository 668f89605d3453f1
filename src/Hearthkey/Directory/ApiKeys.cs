using System.Net;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Finds out whose key was sent: API tokens as <c>Authorization: Bearer</c>.</summary>
public sealed class ApiKeys
{
    private const string Scheme = "Bearer ";

    private readonly IStore _store;
    private readonly People _people;
    private readonly Throttle _throttle;
    private readonly StaleRule _rule;
    private readonly TimeProvider _time;

    // about 300 bytes each
    private readonly Remembered<string, KnownKey> _known = new(10_000);

    public ApiKeys(IStore store, People people, Throttle throttle, TimeProvider time, ChangeFeed feed, StaleRule rule)
    {
        _store = store;
        _people = people;
        _throttle = throttle;
        _time = time;
        _rule = rule;
        feed.Subscribe([UserChanges.Token, UserChanges.End], _ => _known.DropAll());
        feed.SubscribeLost(_known.DropAll);
    }

    /// <summary>The caller of an API request; after too many wrong keys it finds a <see cref="RetryAfter"/> instead.</summary>
    internal async ValueTask<Caller?> FindCallerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var key = header[Scheme.Length..].Trim();
        var (owner, wait) = await FindOwnerAsync(key, context.Edge().Client, context.RequestAborted);
        if (wait is { } delay) context.Features.Set(new RetryAfter(delay));
        if (owner is null) return null;
        return new Caller(owner.Pk, owner.Uuid, owner.Username, owner.Email, owner.IsSuperuser, IsBrowser: false, AuthAt: null);
    }

    private async ValueTask<(Account? Owner, TimeSpan? Wait)> FindOwnerAsync(string key, IPAddress client, CancellationToken ct)
    {
        var hash = OpaqueSecret.Hash(key);
        if (!_known.TryFind(hash, out var known) || !_rule.MayBelieve)
        {
            known = null;
            if (_throttle.Wait(null, client) is { } wait) return (null, wait);
            var isAnswered = false;
            try
            {
                known = await LookUpAsync(hash, ct);
                isAnswered = true;
            }
            finally
            {
                if (known is not null) _throttle.Succeeded(null, client);
                else if (isAnswered) _throttle.Failed(null, client);
                else _throttle.GaveUp(null, client);
            }
        }
        if (known is null || known.Intent != Token.Api || known.ExpiresAt <= _time.GetUtcNow()) return (null, null);
        return (await _people.FindAsync(known.UserPk, ct) is { IsActive: true } owner ? owner : null, null);
    }

    private async ValueTask<KnownKey?> LookUpAsync(string hash, CancellationToken ct)
    {
        var drops = _known.Drops;
        var known = await _store.ReadAsync(
            db => db.OneAsync(
                $"select user_pk, intent, expires_at from token where key_hash = {hash}",
                r => new KnownKey(r.Long(), r.Text(), r.TimeOrNull())),
            ct);
        if (known is not null) _known.Add(hash, known, drops);
        return known;
    }

    private sealed record KnownKey(long UserPk, string Intent, DateTimeOffset? ExpiresAt);
}
