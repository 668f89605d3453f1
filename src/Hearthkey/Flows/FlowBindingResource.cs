using System.Text.Json.Serialization.Metadata;
using Hearthkey.Flows.Objects;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>flows/bindings: which stages a flow has, in which order.</summary>
public sealed class FlowBindingResource(ResourceContext context, IEnumerable<StageKind> kinds) : Resource<FlowStageBinding>(context)
{
    public const string ModelName = "authentik_flows.flowstagebinding";

    public override string Model => ModelName;

    public override string Path => "flows/bindings";

    public override string KeyName => "fsb_uuid";

    public override string VerboseName => "flow stage binding";

    public override JsonTypeInfo<FlowStageBinding> Json => FlowsJson.Default.FlowStageBinding;

    protected override Table<FlowStageBinding> Table { get; } = new(SqlText.Constant("flow_stage_binding"), BindingRows.Columns, BindingRows.Values, BindingRows.Read);

    protected override IReadOnlyList<Ordering> Orderings { get; } =
        [new("order", SqlText.Constant("position")), Ordering.By("target"), Ordering.By("stage")];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        // there are no policies yet
        Filter.Uuid("policies", _ => $"1 = 0"),
        Filter.Uuid("target", v => $"target = {v}"),
        Filter.Uuid("stage", v => $"stage = {v}"),
        Filter.Uuid("fsb_uuid", v => $"fsb_uuid = {v}"),
        Filter.Uuid("pbm_uuid", v => $"pbm_uuid = {v}"),
        Filter.Number("order", v => $"position = {v}"),
        Filter.Flag("evaluate_on_plan", v => $"evaluate_on_plan = {v}"),
        Filter.Flag("re_evaluate_policies", v => $"re_evaluate_policies = {v}"),
        Filter.Text("policy_engine_mode", v => $"policy_engine_mode = {v}"),
        Filter.Text("invalid_response_action", v => $"invalid_response_action = {v}"),
    ];

    protected override string UniqueField => "order";

    protected override Sql Where(string key) => $"fsb_uuid = {UuidKey(key)}";

    public override string Key(FlowStageBinding value) => value.Pk.ToString();

    public override string Name(FlowStageBinding value) => BindingRows.NameOf(value);

    protected override FlowStageBinding Bind(FieldReader input, FlowStageBinding? before)
    {
        var old = before ?? new() { Pk = Context.NewUuid(), PolicybindingmodelPtrId = Context.NewUuid() };
        input.Unbuilt("evaluate_on_plan", "false");
        input.Unbuilt("re_evaluate_policies", "true");
        return old with
        {
            Target = input.Reference("target", before?.Target, required: true) ?? Guid.Empty,
            Stage = input.Reference("stage", before?.Stage, required: true) ?? Guid.Empty,
            Order = input.Number("order", old.Order, required: true, min: int.MinValue, max: int.MaxValue),
            PolicyEngineMode = input.Choice("policy_engine_mode", old.PolicyEngineMode, ["any"], unbuilt: ["all"]),
            InvalidResponseAction = input.Choice("invalid_response_action", old.InvalidResponseAction, ["retry"], unbuilt: ["restart", "restart_with_context"]),
        };
    }

    protected override async ValueTask<FlowStageBinding> CheckAsync(Db db, FlowStageBinding value, FlowStageBinding? before, FieldErrors errors)
    {
        if (await db.OneAsync($"select count(*) from flow where flow_uuid = {value.Target}", r => r.Long()) == 0)
            errors.AddMissing("target", value.Target);
        if (await db.OneAsync($"select count(*) from stage where stage_uuid = {value.Stage}", r => r.Long()) == 0)
            errors.AddMissing("stage", value.Stage);
        return value;
    }

    protected override async ValueTask<IReadOnlyList<FlowStageBinding>> CompleteAsync(
        Db db, IReadOnlyList<FlowStageBinding> rows, ListRequest request, Caller? caller)
    {
        var stages = await StageRows.ByPkAsync(db, kinds, [.. rows.Select(b => b.Stage.ToString()).Distinct()]);
        return [.. rows.Select(b => b with { StageObj = stages[b.Stage] })];
    }
}
