using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.Flows.Stages.Password;

/// <summary>Checks the password of whoever was identified before. Nobody, a disabled account and a wrong password are one answer.</summary>
internal sealed class PasswordKind(PasswordFactor factor) : StageKind<PasswordStage>
{
    public override string Model => "authentik_stages_password.passwordstage";

    public override JsonTypeInfo<PasswordStage> Json => FlowsJson.Default.PasswordStage;

    protected override async ValueTask<StageResult> RunAsync(PasswordStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        // a stage before this one has asked for it on its own page
        if (run.State.Proofs.Contains(PasswordFactor.Method)) return run.Pass(run.State);
        if (run.State.Login is not { } login) return run.Deny(FlowStrings.NobodyIdentified);
        if (answer is null) return Ask(stage, run, run.State);
        var password = answer.Text("password");
        if (string.IsNullOrEmpty(password)) return Ask(stage, run, run.State, ("password", FlowStrings.PasswordMissing)) with { Status = 422 };
        var check = await PasswordOutcome.CheckAsync(factor, run, stage, run.Person, login, password, ct);
        return check.Apply(run, stage, run.State, failed => Ask(stage, run, failed, (check.Field, check.Message)));
    }

    private static StageAsked Ask(PasswordStage stage, StageRun run, FlowState state, params (string, string)[] errors)
    {
        var challenge = new PasswordChallenge(run.Info, state.Login!, "")
        {
            AllowShowPassword = stage.AllowShowPassword,
            ResponseErrors = Challenge.Errors(errors),
        };
        return new(state, challenge, () => PasswordPart.Create(challenge));
    }
}
