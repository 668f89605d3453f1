namespace Hearthkey.Flows;

/// <summary>A stage's place in a flow, in wire shape.</summary>
public sealed record FlowStageBinding
{
    public Guid Pk { get; init; }

    public Guid PolicybindingmodelPtrId { get; init; }

    /// <summary>The flow.</summary>
    public Guid Target { get; init; }

    public Guid Stage { get; init; }

    public StageSummary? StageObj { get; init; }

    public bool EvaluateOnPlan { get; init; }

    public bool ReEvaluatePolicies { get; init; } = true;

    /// <summary>Stages run in this order.</summary>
    public long Order { get; init; }

    public string PolicyEngineMode { get; init; } = "any";

    public string InvalidResponseAction { get; init; } = "retry";
}

/// <summary>A stage of any kind, as lists show it.</summary>
public sealed record StageSummary(
    Guid Pk, string Name, string Component, string VerboseName, string VerboseNamePlural, string MetaModelName, IReadOnlyList<FlowSet> FlowSet)
{
    internal static StageSummary Of(StageRecord stage, IReadOnlyList<FlowSet> flows) =>
        new(stage.Pk, stage.Name, stage.Component, stage.VerboseName, stage.VerboseNamePlural, stage.MetaModelName, flows);
}
