using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>stages/all: stages of all kinds, to look at and to delete.</summary>
internal sealed class AllStages(ResourceContext context, IEnumerable<StageKind> kinds) : Resource<StageSummary>(context)
{
    public const string ModelName = "authentik_flows.stage";

    public override string Model => ModelName;

    public override string Path => "stages/all";

    public override string KeyName => "stage_uuid";

    public override string VerboseName => "stage";

    public override Operations Operations => Operations.Read | Operations.Delete;

    public override JsonTypeInfo<StageSummary> Json => FlowsJson.Default.StageSummary;

    protected override Table<StageSummary> Table { get; } = new(
        SqlText.Constant("stage"), SqlText.Constant("stage_uuid, name, model, config"),
        _ => throw new NotSupportedException("A stage is written by its own kind."),
        r => StageSummary.Of(StageRows.Read(kinds, r.Guid(), r.Text(), r.Text(), r.Json()), []));

    protected override IReadOnlyList<Ordering> Orderings { get; } = [Ordering.By("name")];

    protected override IReadOnlyList<Filter> Filters { get; } = [Filter.Text("name", v => $"name = {v}")];

    protected override Sql Where(string key) => $"stage_uuid = {UuidKey(key)}";

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name")];

    public override string Key(StageSummary value) => value.Pk.ToString();

    public override string Name(StageSummary value) => value.Name;

    protected override StageSummary Bind(FieldReader input, StageSummary? before) => throw new NotSupportedException("A stage is written by its own kind.");

    protected override async ValueTask<IReadOnlyList<StageSummary>> CompleteAsync(Db db, IReadOnlyList<StageSummary> rows, ListRequest request, Caller? caller)
    {
        var flows = await FlowRows.ByStageAsync(db);
        return [.. rows.Select(s => s with { FlowSet = [.. flows[s.Pk]] })];
    }
}
