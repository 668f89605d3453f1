using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.Flows;

/// <summary>The same with the kind's own record.</summary>
public abstract class StageKind<T> : StageKind
    where T : StageRecord
{
    public abstract JsonTypeInfo<T> Json { get; }

    public sealed override StageRecord Read(Guid pk, string name, string config) => StageRecord.Read(Json, pk, name, config);

    public sealed override ValueTask<StageResult> RunAsync(StageRecord stage, StageRun run, StageAnswer? answer, CancellationToken ct) =>
        RunAsync((T)stage, run, answer, ct);

    protected abstract ValueTask<StageResult> RunAsync(T stage, StageRun run, StageAnswer? answer, CancellationToken ct);
}
