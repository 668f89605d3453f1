using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.System;

/// <summary>The resource <c>events/events</c>: read by admins, written by the server alone, gone when their time is over.</summary>
public sealed class Events(ResourceContext context) : Resource<Event>(context)
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private static readonly JsonElement _nothing = JsonDocument.Parse("{}").RootElement;

    public override string Model => "authentik_events.event";

    public override string Path => "events/events";

    public override string KeyName => "event_uuid";

    public override string VerboseName => "event";

    public override Operations Operations => Operations.Read;

    public override JsonTypeInfo<Event> Json => SystemJson.Default.Event;

    protected override Table<Event> Table { get; } = new(
        SqlText.Constant("event"),
        SqlText.Constant("event_uuid, person, action, app, context, occurrences, client_ip, created_at, expires_at, brand"),
        _ => throw new InvalidOperationException("Events are written by the audit log."),
        Read);

    // the first one is the order where none is asked for: newest first
    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        new("", SqlText.Constant("created_at desc, event_uuid desc")),
        new("created", SqlText.Constant("created_at")),
        new("expires", SqlText.Constant("expires_at")),
        Ordering.By("action"),
        Ordering.By("app"),
        new("client_ip", SqlText.Constant("coalesce(client_ip, '')")),
        new("user", SqlText.Constant("username")),
    ];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("action", v => $"action = {v}"),
        Filter.Text("actions", v => $"action = {v}") with { IsAnyOf = true },
        Filter.Text("client_ip", v => $"client_ip = {v}"),
        Filter.Text("username", v => $"username = {v} or context->>'username' = {v}"),
        Filter.Text("brand_name", v => $"brand->>'name' = {v}"),
        Filter.Text("context_model_app", v => $"context->'model'->>'app' = {v}"),
        Filter.Text("context_model_name", v => $"context->'model'->>'model_name' = {v}"),
        // clients may leave out the dashes of a uuid, as authentik does
        Filter.Text("context_model_pk", v => $"context->'model'->>'pk' in ({v}, {(Guid.TryParse(v, out var uuid) ? uuid.ToString() : v)})"),
        Filter.Text("context_authorized_app", v => $"context->'authorized_application'->>'pk' = {v}"),
        Filter.Text("context_device", v => $"context->'device'->>'pk' = {v}"),
    ];

    protected override Sql? Search(string text)
    {
        var like = Filter.Contains(text);
        return $@"lower(action) like {like} escape '\' or lower(app) like {like} escape '\' or lower(client_ip) like {like} escape '\'
            or lower(cast(person as text)) like {like} escape '\' or lower(cast(context as text)) like {like} escape '\'";
    }

    protected override Sql Where(string key) => $"event_uuid = {UuidKey(key)}";

    public override string Key(Event value) => value.Pk.ToString();

    public override string Name(Event value) => value.Action;

    protected override Event Bind(FieldReader input, Event? before) => throw new InvalidOperationException("Events are written by the audit log.");

    /// <summary>Events of the last days by action and day (UTC), the filters of the list applied.</summary>
    /// <param name="days">How far back, at least one day.</param>
    public Task<Outcome<IReadOnlyList<EventVolume>>> VolumeAsync(Caller caller, ListRequest request, int days, CancellationToken ct)
    {
        var since = Context.Time.GetUtcNow() - (_day * days);
        return FilteredAsync<IReadOnlyList<EventVolume>>(caller, request, async (db, conditions) => await db.ListAsync(
            new SqlBuilder().Append("select action, created_at / 86400000, count(*) from event").Append(conditions).Append($" and created_at >= {since}")
                .Append(" group by action, created_at / 86400000 order by created_at / 86400000, action"),
            r => new EventVolume(r.Text(), DateTimeOffset.UnixEpoch + (_day * r.Long()), r.Long())), ct);
    }

    /// <summary>The applications most used, the filters of the list applied.</summary>
    public Task<Outcome<IReadOnlyList<EventTopPerUser>>> TopPerUserAsync(Caller caller, ListRequest request, int top, CancellationToken ct) =>
        FilteredAsync<IReadOnlyList<EventTopPerUser>>(caller, request, async (db, conditions) => await db.ListAsync(
            new SqlBuilder().Append("select context->'authorized_application', count(*), count(distinct user_pk) from event").Append(conditions)
                .Append($" and action = {EventActions.AuthorizeApplication} and context->'authorized_application' is not null")
                .Append($" group by context->'authorized_application' order by count(*) desc limit {(long)top}"),
            r => new EventTopPerUser(Parse(r.Json()), r.Long(), r.Long())), ct);

    /// <summary>How many people the events tell of, and how many events there were in each of the last spans; the filters of the list applied.</summary>
    /// <param name="steps">Spans as <c>weeks=3;days=2</c>; the answer names them as they are written here.</param>
    public Task<Outcome<EventStats>> StatsAsync(Caller caller, ListRequest request, IReadOnlyList<string> steps, CancellationToken ct)
    {
        var errors = new FieldErrors();
        if (steps.Count == 0) errors.Add("count_steps", "This field is required.");
        foreach (var step in steps.Where(s => Duration.Parse(s) is null)) errors.Add("count_steps", $"“{step}” is no duration such as weeks=3;days=2.");
        if (errors.Any) return Task.FromResult(Outcome<EventStats>.Wrong(errors));
        var now = Context.Time.GetUtcNow();
        return FilteredAsync(caller, request, async (db, conditions) =>
        {
            var people = await db.OneAsync(new SqlBuilder().Append("select count(distinct user_pk) from event").Append(conditions), r => r.Long());
            var counts = new Dictionary<string, long>();
            foreach (var step in steps)
            {
                var since = now - Duration.Parse(step)!.Value;
                counts[step] = await db.OneAsync(
                    new SqlBuilder().Append("select count(*) from event").Append(conditions).Append($" and created_at >= {since}"), r => r.Long());
            }
            return new EventStats(counts, people);
        }, ct);
    }

    private async Task<Outcome<T>> FilteredAsync<T>(
        Caller caller, ListRequest request, Func<Db, SqlBuilder, ValueTask<T>> read, CancellationToken ct) where T : class
    {
        var errors = new FieldErrors();
        var conditions = Conditions(VisibleTo(caller), request, errors);
        if (errors.Any) return Outcome<T>.Wrong(errors);
        return Outcome<T>.Done(await Context.Store.ReadAsync(db => read(db, conditions), ct));
    }

    private static Event Read(Row r) => new()
    {
        Pk = r.Guid(),
        User = Parse(r.Json()),
        Action = r.Text(),
        App = r.Text(),
        Context = Counted(r.Json(), r.Long()),
        ClientIp = r.TextOrNull(),
        Created = r.Time(),
        Expires = r.Time(),
        Brand = Parse(r.Json()),
    };

    private static JsonElement Counted(string context, long occurrences)
    {
        if (occurrences <= 1) return Parse(context);
        var counted = JsonNode.Parse(context)!.AsObject();
        counted["occurrences"] = occurrences;
        return Parse(counted.ToJsonString());
    }

    private static JsonElement Parse(string json) => json == "{}" ? _nothing : JsonDocument.Parse(json).RootElement;
}
