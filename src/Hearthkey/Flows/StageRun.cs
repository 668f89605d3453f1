using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>One stage's turn in one request.</summary>
public sealed class StageRun(HttpContext http, PlannedFlow flow, FlowStageBinding binding, FlowState state, Snapshot snapshot, Account? person, Purpose? purpose, ContextualFlow info)
{
    public HttpContext Http => http;

    public PlannedFlow Flow => flow;

    public FlowStageBinding Binding => binding;

    public FlowState State => state;

    public Snapshot Snapshot => snapshot;

    /// <summary>The account of <see cref="FlowState.UserPk"/>, active or not.</summary>
    public Account? Person => person;

    /// <summary>What the person is on the way to, where that is known.</summary>
    public Purpose? Purpose => purpose;

    public ContextualFlow Info => info;

    /// <summary>Who acts: the person once proved, otherwise somebody at this address.</summary>
    public Actor Actor => person is { } known && state.Proofs.Count > 0 ? Audit.Actor.Of(http, known.Pk, known.Username, known.Email) : Audit.Actor.Unknown(http);

    public StagePassed Pass(FlowState changed) => new(changed);

    public StageDenied Deny(string message) => new(state, message);
}
