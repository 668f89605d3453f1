using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>The SQL of the table <c>flow_stage_binding</c>.</summary>
internal static class BindingRows
{
    public static readonly SqlText Columns = SqlText.Constant(
        "fsb_uuid, pbm_uuid, target, stage, position, evaluate_on_plan, re_evaluate_policies, policy_engine_mode, invalid_response_action");

    public static Sql Values(FlowStageBinding b) =>
        $"""
            {b.Pk}, {b.PolicybindingmodelPtrId}, {b.Target}, {b.Stage}, {b.Order}, {b.EvaluateOnPlan}, {b.ReEvaluatePolicies},
            {b.PolicyEngineMode}, {b.InvalidResponseAction}
            """;

    /// <summary>Key and name of the bindings of a flow.</summary>
    public static Sql OfFlow(string flow) => Named($"target = {flow}");

    /// <summary>Key and name of the bindings of a stage.</summary>
    public static Sql OfStage(string stage) => Named($"stage = {stage}");

    /// <summary>What a binding is called, authentik's words.</summary>
    public static string NameOf(FlowStageBinding binding) => $"Flow-stage binding #{binding.Order} to {binding.Target}";

    private static Sql Named(Sql condition) =>
        $"select fsb_uuid, 'Flow-stage binding #' || position || ' to ' || target from flow_stage_binding where {condition} order by position";

    public static FlowStageBinding Read(Row r) => new()
    {
        Pk = r.Guid(),
        PolicybindingmodelPtrId = r.Guid(),
        Target = r.Guid(),
        Stage = r.Guid(),
        Order = r.Long(),
        EvaluateOnPlan = r.Bool(),
        ReEvaluatePolicies = r.Bool(),
        PolicyEngineMode = r.Text(),
        InvalidResponseAction = r.Text(),
    };
}
