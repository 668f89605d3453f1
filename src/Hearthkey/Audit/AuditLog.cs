using System.Text.Json.Nodes;
using Hearthkey.Audit.Limits;
using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Audit;

/// <summary>Appends an event inside a unit of work: it is there exactly when what it tells of is there.</summary>
public sealed class AuditLog(TimeProvider time)
{
    private long _retentionTicks = TimeSpan.FromDays(365).Ticks;

    /// <summary>How long new events are kept; set by the instance settings. Default 365 days, as authentik.</summary>
    public TimeSpan Retention
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _retentionTicks));
        set => Interlocked.Exchange(ref _retentionTicks, value.Ticks);
    }

    /// <summary>Appends one event.</summary>
    /// <param name="app">The area that speaks, such as <c>authentik.core</c>.</param>
    /// <param name="context">What happened, without secrets.</param>
    public async ValueTask AppendAsync(Db db, string action, string app, Actor actor, JsonObject context) =>
        await InsertAsync(db, action, app, actor, context, null, null);

    /// <summary>
    /// Appends an event that somebody could cause again and again: one row per action, object, address and minute, counted up. What strangers
    /// cause and what concerns an object of ours are limited apart (<see cref="EventQuota"/>), so that no visitor can use up what an operator
    /// needs to see.
    /// </summary>
    /// <param name="subject">What we know that it is about, such as <c>provider/7</c>; null where only the request names something.</param>
    /// <param name="detail">What kind of mistake it is, out of a fixed list; never a text of the request.</param>
    public async ValueTask AppendCoalescedAsync(Db db, string action, string app, Actor actor, string? subject, JsonObject context, string detail = "")
    {
        var now = time.GetUtcNow();
        var quota = new EventQuota(action, subject ?? "", detail, AddressKey.Of(actor.ClientIp), now);
        if (await quota.CountUpAsync(db, actor.ClientIp)) return;
        if (await quota.FullAsync(db) is not { } full) await InsertAsync(db, action, app, actor, context, quota, quota.KeyOf(actor.ClientIp));
        else if (!await EventQuota.CountUpKeyAsync(db, full))
            await InsertAsync(db, action, app, actor, new JsonObject { ["message"] = EventQuota.Suppressed, ["suppressed"] = true }, quota, full);
    }

    /// <summary>
    /// The latest events of one action about one object, the newest first and some of each kind, so that a frequent mistake does not hide a rare
    /// one; for those who tell an operator what went wrong.
    /// </summary>
    public async ValueTask<IReadOnlyList<PastEvent>> LatestAsync(Db db, string action, string subject, DateTimeOffset since, int mostOfEach) => await db.ListAsync(
        $"""
        select created_at, username, occurrences, context from (
          select created_at, username, occurrences, context, row_number() over (partition by detail order by created_at desc) as place
          from event where subject = {subject} and action = {action} and created_at > {since}) as latest
        where place <= {(long)mostOfEach} order by created_at desc
        """,
        r => new PastEvent(r.Time(), r.TextOrNull() ?? "", r.Long(), global::System.Text.Json.JsonElement.Parse(r.Json())));

    private async ValueTask InsertAsync(Db db, string action, string app, Actor actor, JsonObject context, EventQuota? quota, string? key)
    {
        var now = time.GetUtcNow();
        var person = new JsonObject { ["username"] = actor.Username, ["email"] = actor.Email };
        if (actor.Pk is { } pk) person["pk"] = pk;
        await db.ExecAsync(
            $"""
            insert into event (event_uuid, created_at, expires_at, action, app, client_ip, user_pk, username, person, context, brand, occurrences, coalesce_key,
            subject, detail, source)
            values ({Guid.CreateVersion7(now)}, {now}, {now + Retention}, {action}, {app}, {actor.ClientIp}, {actor.Pk}, {actor.Username},
            {new Json(person.ToJsonString())}, {new Json(context.ToJsonString())}, {new Json(actor.Brand)}, 1, {key},
            {quota?.Subject}, {quota?.Detail}, {quota?.Source}) on conflict do nothing
            """);
    }
}
