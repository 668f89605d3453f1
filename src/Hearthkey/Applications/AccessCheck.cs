using Hearthkey.Directory;
using Hearthkey.Policies;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>Whether somebody may open an application. Answered from memory, at every door the same.</summary>
public sealed class AccessCheck(Snapshots snapshots)
{
    public Decision Decide(Application application, Account who) => Decide(snapshots.Current, application, who);

    /// <summary>The same by one snapshot, for those who look at several things.</summary>
    public static Decision Decide(Snapshot snapshot, Application application, Account who) =>
        who.IsActive
            ? snapshot.Get<Bindings>().Decide(application.PbmUuid, application.PolicyEngineMode, who)
            : new Decision(false, $"{who.Username} is disabled.");
}
