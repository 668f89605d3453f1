namespace Hearthkey.Flows;

/// <summary>A flow with its stages in the order in which they run.</summary>
public sealed record PlannedFlow(Flow Flow, IReadOnlyList<PlannedStage> Stages);

/// <summary>A stage at its place.</summary>
public sealed record PlannedStage(FlowStageBinding Binding, StageRecord Stage, StageKind Kind);
