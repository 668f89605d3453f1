using Hearthkey.Directory;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Stages;

/// <summary>Looks once more at what proved a person, in the unit of work that relies on it: an hour may lie between, or a change in this moment.</summary>
internal static class Proof
{
    /// <exception cref="StageWriteException">It proves nobody any more.</exception>
    public static async ValueTask HoldAsync(Db db, FlowState state)
    {
        if (state.Session is { } session && !await SignInSessions.HoldAsync(db, session)) throw Outdated();
        if (state is { PasswordAt: { } at, UserPk: { } pk } && !await Logins.HoldsAsync(db, pk, at)) throw Outdated();
    }

    public static StageWriteException Outdated() => new(FlowStrings.ProofOutdated) { Title = FlowStrings.ProofOutdatedTitle, Next = FlowStrings.ProofOutdatedNext };
}
