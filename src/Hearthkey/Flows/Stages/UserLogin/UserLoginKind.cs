using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Hosting;
using Hearthkey.Sessions;

namespace Hearthkey.Flows.Stages.UserLogin;

/// <summary>Begins the session of whoever has proved who they are. A flow that proves nothing signs nobody in.</summary>
internal sealed class UserLoginKind(SignInSessions sessions, AuditLog audit) : StageKind<UserLoginStage>
{
    public override string Model => "authentik_stages_user_login.userloginstage";

    public override JsonTypeInfo<UserLoginStage> Json => FlowsJson.Default.UserLoginStage;

    protected override async ValueTask<StageResult> RunAsync(UserLoginStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        if (run.Person is not { MaySignIn: true } person || run.State.Proofs.Count == 0) return run.Deny(FlowStrings.NobodyProved);
        var duration = Duration.Parse(stage.SessionDuration) is { Ticks: > 0 } lasting ? lasting : (TimeSpan?)null;
        var terms = new SessionTerms(string.Join(' ', run.State.Proofs.Distinct()), duration, stage.TerminateOtherSessions) { PasswordAt = run.State.PasswordAt };
        var start = await sessions.PrepareAsync(run.Http, person.Pk, terms);
        var actor = Actor.Of(run.Http, person.Pk, person.Username, person.Email);
        return run.Pass(run.State) with
        {
            Write = async (db, state) =>
            {
                await Proof.HoldAsync(db, state);
                if (!await sessions.WriteAsync(db, start)) throw Proof.Outdated();
                await audit.AppendAsync(db, EventActions.Login, LoginEvents.App, actor, Describe(run));
                return state;
            },
            Committed = () => sessions.Adopt(run.Http, start),
        };
    }

    private static JsonObject Describe(StageRun run) => new()
    {
        ["auth_method"] = run.State.Proofs.Contains("pwd") ? "password" : run.State.Proofs[0],
        ["auth_method_args"] = new JsonObject(),
        ["http_request"] = LoginEvents.Request(run.Http),
    };
}
