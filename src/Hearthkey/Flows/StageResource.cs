using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Flows.Objects;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>The resource of one kind of stage: the kind adds its own fields.</summary>
public abstract class StageResource<T> : Resource<T>
    where T : StageRecord
{
    private readonly StageKind<T> _kind;

    protected StageResource(ResourceContext context, StageKind<T> kind)
        : base(context)
    {
        _kind = kind;
        var model = kind.Model;
        var json = kind.Json;
        Table = new(
            SqlText.Constant("stage"), SqlText.Constant("stage_uuid, name, model, config"),
            s => $"{s.Pk}, {s.Name}, {model}, {new Json(StageRecord.Config(s, json))}",
            r => Read(r, json));
    }

    public sealed override string Model => _kind.Model;

    public sealed override string KeyName => "stage_uuid";

    public sealed override JsonTypeInfo<T> Json => _kind.Json;

    protected sealed override Table<T> Table { get; }

    protected override IReadOnlyList<Ordering> Orderings { get; } = [Ordering.By("name")];

    protected sealed override IReadOnlyList<Filter> Filters =>
        [Filter.Uuid("stage_uuid", v => $"stage_uuid = {v}"), Filter.Text("name", v => $"name = {v}"), .. OwnFilters.Select(Own)];

    /// <summary>The kind's own fields that lists may be narrowed by.</summary>
    protected virtual IReadOnlyList<string> OwnFilters => [];

    protected sealed override Sql Where(string key) => $"stage_uuid = {UuidKey(key)} and model = {Model}";

    protected sealed override Sql? VisibleTo(Caller caller) => caller.IsSuperuser ? OfKind() : base.VisibleTo(caller);

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name")];

    public sealed override string Key(T value) => value.Pk.ToString();

    public sealed override string Name(T value) => value.Name;

    protected sealed override T Bind(FieldReader input, T? before)
    {
        StageRecord stage = BindOwn(input, before);
        return (T)(stage with
        {
            Pk = before?.Pk ?? Context.NewUuid(),
            Name = input.Text("name", before?.Name ?? "", required: true, blank: false),
        });
    }

    /// <summary>Reads the kind's own fields.</summary>
    protected abstract T BindOwn(FieldReader input, T? before);

    protected override async ValueTask<IReadOnlyList<T>> CompleteAsync(Db db, IReadOnlyList<T> rows, ListRequest request, Caller? caller)
    {
        var flows = await FlowRows.ByStageAsync(db);
        return [.. rows.Select(s => (T)((StageRecord)s with { FlowSet = [.. flows[s.Pk]] }))];
    }

    // the snapshot of flows hears of stages of every kind by one name
    protected sealed override ValueTask SavedAsync(Db db, T value, T? before) => db.ChangedAsync(AllStages.ModelName, value.Pk.ToString());

    protected sealed override async ValueTask DeleteAsync(Db db, string key, T value)
    {
        await base.DeleteAsync(db, key, value);
        await db.ChangedAsync(AllStages.ModelName, key);
    }

    // compares JSON as text, which both databases write alike for what a filter can name: true, 5, "hours=1"
    private static Filter Own(string field) => Filter.Text(field, value =>
    {
        var isLiteral = value is "true" or "false" or "null" || long.TryParse(value, out _);
        var json = isLiteral ? value : JsonSerializer.Serialize(value, FlowsJson.Default.String);
        var item = Filter.Contains(json);
        return $@"cast(config->{field} as text) = {json} or cast(config->{field} as text) like '[%' and cast(config->{field} as text) like {item} escape '\'";
    });

    private Sql OfKind()
    {
        return $"model = {Model}";
    }

    private static T Read(Row r, JsonTypeInfo<T> json)
    {
        var (pk, name, _, config) = (r.Guid(), r.Text(), r.Text(), r.Json());
        return StageRecord.Read(json, pk, name, config);
    }
}
