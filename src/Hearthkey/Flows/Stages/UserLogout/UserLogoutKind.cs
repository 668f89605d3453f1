using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Sessions;

namespace Hearthkey.Flows.Stages.UserLogout;

/// <summary>Ends the session of this browser; what hangs on it ends with it. Nobody signed in: nothing to do.</summary>
internal sealed class UserLogoutKind(SignInSessions sessions, People people, AuditLog audit) : StageKind<UserLogoutStage>
{
    public override string Model => "authentik_stages_user_logout.userlogoutstage";

    public override JsonTypeInfo<UserLogoutStage> Json => FlowsJson.Default.UserLogoutStage;

    protected override async ValueTask<StageResult> RunAsync(UserLogoutStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        if (await sessions.FindAsync(run.Http) is not { } session) return run.Pass(run.State);
        var person = await people.FindAsync(session.UserPk, ct);
        var actor = Actor.Of(run.Http, session.UserPk, person?.Username ?? "", person?.Email ?? "");
        return run.Pass(run.State) with
        {
            Write = async (db, state) =>
            {
                if (await sessions.EndAsync(db, session.Uuid))
                    await audit.AppendAsync(db, EventActions.Logout, LoginEvents.App, actor, new JsonObject { ["http_request"] = LoginEvents.Request(run.Http) });
                return state;
            },
            Committed = () => sessions.Forget(run.Http),
        };
    }
}
