namespace Hearthkey.Flows.Objects;

/// <summary>Stands for a kind that this release does not know: its stage lets nobody pass.</summary>
internal sealed class UnknownKind : StageKind
{
    public override string Model => "";

    public override StageRecord Read(Guid pk, string name, string config) => new UnknownStage { Pk = pk, Name = name };

    public override ValueTask<StageResult> RunAsync(StageRecord stage, StageRun run, StageAnswer? answer, CancellationToken ct) =>
        new(run.Deny(FlowStrings.UnknownStage));
}

/// <summary>A stage of such a kind.</summary>
internal sealed record UnknownStage : StageRecord
{
    public override string Component => "";

    public override string VerboseName => "Unknown Stage";

    public override string MetaModelName => "";
}
