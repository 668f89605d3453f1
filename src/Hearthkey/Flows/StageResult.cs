using Hearthkey.Storage;
using RazorSlices;

namespace Hearthkey.Flows;

/// <summary>What a stage says: passed, ask (again), or denied. Which stage comes next is not its business.</summary>
/// <param name="State">The state with the stage's changes.</param>
public abstract record StageResult(FlowState State)
{
    /// <summary>What is written in the same unit of work as the state; it may change the state once more.</summary>
    public Func<Db, FlowState, ValueTask<FlowState>>? Write { get; init; }

    /// <summary>What is done after that unit has committed, such as handing a cookie to the browser.</summary>
    public Action? Committed { get; init; }
}

/// <summary>The stage is passed.</summary>
public sealed record StagePassed(FlowState State) : StageResult(State);

/// <summary>The person is asked.</summary>
/// <param name="Challenge">What is asked, in wire shape.</param>
/// <param name="Part">Renders the fields and the button; the form around it is the flow's.</param>
public sealed record StageAsked(FlowState State, Challenge Challenge, Func<RazorSlice> Part) : StageResult(State)
{
    /// <summary>200 when asked for the first time, 422 after a wrong answer, 429 when it must wait.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The flow ends here.</summary>
/// <param name="Message">A sentence for the person.</param>
public sealed record StageDenied(FlowState State, string Message) : StageResult(State);
