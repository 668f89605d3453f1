namespace Hearthkey.Flows;

/// <summary>A kind of stage. The dispatcher holds a list of them and knows none by name; an area registers its own as a singleton of this type.</summary>
public abstract class StageKind
{
    /// <summary>Model name, such as <c>authentik_stages_password.passwordstage</c>.</summary>
    public abstract string Model { get; }

    /// <summary>Reads what the database holds of one.</summary>
    public abstract StageRecord Read(Guid pk, string name, string config);

    /// <summary>
    /// Takes its turn. Without an answer it asks, or passes when there is nothing to ask; with one it says whether that is enough. It decides by
    /// the state and the answer alone, and changes nothing itself: changes are part of the result.
    /// </summary>
    public abstract ValueTask<StageResult> RunAsync(StageRecord stage, StageRun run, StageAnswer? answer, CancellationToken ct);
}
