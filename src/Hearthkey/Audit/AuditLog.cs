using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Storage;

namespace Hearthkey.Audit;

/// <summary>Appends an event inside a unit of work: it is there exactly when what it tells of is there.</summary>
public sealed class AuditLog(TimeProvider time)
{
    /// <summary>Coalesced events of one key a day: more say nothing new and would fill the disk (own choice, T54).</summary>
    private const int MostPerDay = 1000;

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
        await InsertAsync(db, action, app, actor, context, null);

    /// <summary>
    /// Appends an event that somebody could cause again and again: one row per action, object, address and minute, counted up,
    /// and at most <see cref="MostPerDay"/> rows a day.
    /// </summary>
    /// <param name="subject">The object it is about, such as a client id or host.</param>
    public async ValueTask AppendCoalescedAsync(Db db, string action, string app, Actor actor, string subject, JsonObject context)
    {
        var now = time.GetUtcNow();
        var minute = now.ToUnixTimeSeconds() / 60;
        var key = string.Create(CultureInfo.InvariantCulture, $"{action}|{subject}|{actor.ClientIp}|{minute}");
        if (await db.ExecAsync($"update event set occurrences = occurrences + 1 where coalesce_key = {key}") > 0) return;
        var today = now.AddDays(-1);
        var count = await db.OneAsync($"select count(*) from event where action = {action} and coalesce_key is not null and created_at > {today}", r => r.Long());
        if (count < MostPerDay) await InsertAsync(db, action, app, actor, context, key);
    }

    /// <summary>The latest events of one action, the newest first; for those who tell an operator what went wrong.</summary>
    public async ValueTask<IReadOnlyList<PastEvent>> LatestAsync(Db db, string action, DateTimeOffset since, int most) => await db.ListAsync(
        $"""
        select created_at, username, occurrences, context from event where action = {action} and created_at > {since}
        order by created_at desc limit {(long)most}
        """,
        r => new PastEvent(r.Time(), r.TextOrNull() ?? "", r.Long(), global::System.Text.Json.JsonElement.Parse(r.Json())));

    private async ValueTask InsertAsync(Db db, string action, string app, Actor actor, JsonObject context, string? key)
    {
        var now = time.GetUtcNow();
        var person = new JsonObject { ["username"] = actor.Username, ["email"] = actor.Email };
        if (actor.Pk is { } pk) person["pk"] = pk;
        await db.ExecAsync(
            $"""
            insert into event (event_uuid, created_at, expires_at, action, app, client_ip, user_pk, username, person, context, brand, occurrences, coalesce_key)
            values ({Guid.CreateVersion7(now)}, {now}, {now + Retention}, {action}, {app}, {actor.ClientIp}, {actor.Pk}, {actor.Username},
            {new Json(person.ToJsonString())}, {new Json(context.ToJsonString())}, {new Json("{}")}, 1, {key}) on conflict do nothing
            """);
    }
}
