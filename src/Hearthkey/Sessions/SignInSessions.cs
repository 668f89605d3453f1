using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Sessions.Cache;
using Hearthkey.Storage;

namespace Hearthkey.Sessions;

/// <summary>
/// Who is signed in: the cookie <c>hearthkey_session</c> holds an opaque id of 256 bits, the database its hash, memory what was seen lately.
/// Anything else in the cookie is nobody, never an error. While the database is away a known session is honoured for <c>STALE_MAX</c>
/// after the last contact (DESIGN 4.5); then, and for unknown ids, <see cref="StorageUnavailableException"/> is thrown, a 503.
/// </summary>
public sealed class SignInSessions
{
    /// <summary>Sessions in memory; about 400 bytes each (own choice: 80 MB at most).</summary>
    private const int MostInMemory = 200_000;

    /// <summary>Characters of 256 bits in base64url.</summary>
    private const int IdLength = 43;

    private readonly SessionCache _cache = new(MostInMemory);
    private readonly IStore _store;
    private readonly StaleRule _rule;
    private readonly TimeProvider _time;
    private readonly IEnumerable<UserEnding> _endings;

    public SignInSessions(IStore store, ChangeFeed feed, StaleRule rule, TimeProvider time, IEnumerable<UserEnding> endings)
    {
        (_store, _rule, _time, _endings) = (store, rule, time, endings);
        Upkeep = new(_cache, store, time);
        feed.Subscribe([SessionChanges.SessionEnd, SessionChanges.SessionRenewed], change => _cache.Drop(Guid.Parse(change.Key)));
        feed.Subscribe([UserChanges.End, UserChanges.Password, UserChanges.User], DropUser);
        feed.SubscribeLost(_cache.Clear);
    }

    internal SessionUpkeep Upkeep { get; }

    /// <summary>The session of this browser, or null for nobody; found once a request.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say: the database is away.</exception>
    public async ValueTask<SignInSession?> FindAsync(HttpContext context)
    {
        if (context.Features.Get<Found>() is { } found) return found.Session;
        var session = IdHash(context) is { } hash ? await FindAsync(hash, context.RequestAborted) : null;
        context.Features.Set(new Found(session));
        return session;
    }

    /// <summary>A session by the name that others know it by, or null where it is over. Does not count as use.</summary>
    public async ValueTask<SignInSession?> FindByUuidAsync(Guid uuid, CancellationToken ct)
    {
        var drops = _cache.Drops;
        var entry = Believed(_cache.Find(uuid)) ?? Kept(await _store.ReadAsync(db => SessionRows.FindAsync(db, uuid), ct), drops);
        return entry is null || entry.IsOver(_time.GetUtcNow()) ? null : entry.Session;
    }

    /// <summary>
    /// Begins a session, or renews the one that this browser has of the same person: always under a new id. A session of somebody else ends.
    /// Write it with <see cref="WriteAsync"/>, then <see cref="Adopt"/> it.
    /// </summary>
    public async ValueTask<NewSession> PrepareAsync(HttpContext context, long userPk, SessionTerms terms)
    {
        var old = await FindAsync(context);
        var now = _time.GetUtcNow();
        var id = OpaqueSecret.New();
        var renewed = old?.UserPk == userPk ? old : null;
        var session = new SignInSession(
            OpaqueSecret.Hash(id), renewed?.Uuid ?? Guid.CreateVersion7(now), userPk, renewed?.CreatedAt ?? now, now, terms.Amr,
            now + (terms.Duration ?? SessionTerms.DefaultDuration), SessionTerms.Idle, terms.Duration is not null);
        return Begun(context, session, old?.IdHash, terms.Duration, id) with { EndsOthers = terms.EndsOthers, PasswordAt = terms.PasswordAt };
    }

    /// <summary>False, and nothing is written, where the person was disabled or has another password than the one that was proved.</summary>
    public async ValueTask<bool> WriteAsync(Db db, NewSession start)
    {
        var now = _time.GetUtcNow();
        // first of all: from here on whoever changes the account waits for this unit, and then finds the session
        if (!await Logins.RecordAsync(db, start.Session.UserPk, now, start.PasswordAt)) return false;
        var uuid = start.Session.Uuid;
        if (start.OldIdHash is not null && await SessionRows.RenewAsync(db, start, now)) await db.ChangedAsync(SessionChanges.SessionRenewed, uuid.ToString());
        else
        {
            if (start.OldIdHash is { } old && await SessionRows.DeleteAsync(db, old) is { } ended) await SessionRows.EndedAsync(db, [ended]);
            await SessionRows.InsertAsync(db, start, now);
        }
        if (start.EndsOthers) await SessionRows.EndedAsync(db, await SessionRows.DeleteOfUserAsync(db, start.Session.UserPk, uuid));
        return true;
    }

    /// <summary>Hands the session to the browser, after the unit that wrote it has committed.</summary>
    public void Adopt(HttpContext context, NewSession start)
    {
        context.SetCookie(Csrf.SessionCookie, start.Id, start.CookieAge);
        context.Features.Set(new Found(start.Session));
    }

    /// <summary>All three at once; null where the person may not be signed in.</summary>
    public async Task<SignInSession?> StartAsync(HttpContext context, long userPk, SessionTerms terms)
    {
        var start = await PrepareAsync(context, userPk, terms);
        if (!await _store.WriteAsync(async db => await WriteAsync(db, start), context.RequestAborted)) return null;
        Adopt(context, start);
        return start.Session;
    }

    /// <summary>
    /// The person of this session has proved themselves again: a new id, and no later end than before. A session that is over meanwhile stays so.
    /// </summary>
    public async Task RenewAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } old) return;
        var now = _time.GetUtcNow();
        var id = OpaqueSecret.New();
        var renewal = Begun(context, old with { IdHash = OpaqueSecret.Hash(id), AuthAt = now }, old.IdHash, old.IsKept ? old.ExpiresAt - now : null, id);
        if (await _store.WriteAsync(async db =>
        {
            if (!await SessionRows.RenewAsync(db, renewal, now)) return false;
            await db.ChangedAsync(SessionChanges.SessionRenewed, old.Uuid.ToString());
            return true;
        }, context.RequestAborted)) Adopt(context, renewal);
    }

    /// <summary>Whether the session is there, inside a unit of work: whoever ends it then waits for the unit, and finds what it wrote.</summary>
    public static ValueTask<bool> HoldAsync(Db db, Guid uuid) => SessionRows.HoldAsync(db, uuid);

    /// <summary>Ends one session; false where it was over already.</summary>
    public async ValueTask<bool> EndAsync(Db db, Guid uuid)
    {
        var isEnded = await SessionRows.DeleteAsync(db, uuid);
        if (isEnded) await SessionRows.EndedAsync(db, [uuid]);
        return isEnded;
    }

    public Task<bool> EndAsync(Guid uuid, CancellationToken ct) => _store.WriteAsync(db => EndAsync(db, uuid), ct);

    /// <summary>Takes the cookie back from the browser.</summary>
    public void Forget(HttpContext context)
    {
        context.DeleteCookie(Csrf.SessionCookie);
        context.Features.Set(new Found(null));
    }

    /// <summary>
    /// Signs a person out everywhere, inside a unit of work: all sessions, and every code and grant, with <c>offline_access</c> or without (DESIGN 5).
    /// </summary>
    public async ValueTask EndAllAsync(Db db, long userPk)
    {
        foreach (var ending in _endings) await ending.EndAsync(db, userPk);
        await db.ChangedAsync(UserChanges.End, userPk.ToString(CultureInfo.InvariantCulture));
    }

    private async ValueTask<SignInSession?> FindAsync(string idHash, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var entry = Believed(_cache.Find(idHash));
        if (entry is null || entry.IsOver(now))
        {
            // another node may know of a later use than this one
            var drops = _cache.Drops;
            entry = Kept(await _store.ReadAsync(db => SessionRows.FindAsync(db, idHash), ct), drops);
            if (entry is null || entry.IsOver(now)) return null;
        }
        entry.Use(now);
        return entry.Session;
    }

    /// <summary>Sessions in memory now.</summary>
    internal int Remembered => _cache.Count;

    private SessionEntry? Believed(SessionEntry? entry) => entry is not null && _rule.MayBelieve ? entry : null;

    private SessionEntry? Kept(SessionEntry? entry, long drops)
    {
        if (entry is not null) _cache.Add(entry, drops);
        return entry;
    }

    private static NewSession Begun(HttpContext context, SignInSession session, string? oldIdHash, TimeSpan? cookieAge, string id)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new(session, oldIdHash, cookieAge, false, context.Edge().Client.ToString(), agent.Length > 500 ? agent[..500] : agent) { Id = id };
    }

    private void DropUser(Change change)
    {
        if (long.TryParse(change.Key, out var pk)) _cache.DropUser(pk);
        else _cache.Clear();
    }

    private static string? IdHash(HttpContext context) =>
        context.Cookie(Csrf.SessionCookie) is { Length: IdLength } id ? OpaqueSecret.Hash(id) : null;

    private sealed record Found(SignInSession? Session);
}
