using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>The SQL of the table <c>flow_stage_binding</c>.</summary>
internal static class BindingRows
{
    public static readonly SqlText Columns = SqlText.Constant(
        "fsb_uuid, pbm_uuid, target, stage, position, evaluate_on_plan, re_evaluate_policies, policy_engine_mode, invalid_response_action");

    public static Sql Values(FlowStageBinding b)
    {
        return $"""
            {b.Pk}, {b.PolicybindingmodelPtrId}, {b.Target}, {b.Stage}, {b.Order}, {b.EvaluateOnPlan}, {b.ReEvaluatePolicies},
            {b.PolicyEngineMode}, {b.InvalidResponseAction}
            """;
    }

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
