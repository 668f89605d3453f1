using System.Text.Json.Serialization.Metadata;
using Hearthkey.Directory;
using Hearthkey.Flows.Stages.Password;

namespace Hearthkey.Flows.Stages.Identification;

/// <summary>Finds the person that somebody says they are; with a password stage on the same page it checks the password too.</summary>
internal sealed class IdentificationKind(People people, PasswordFactor factor) : StageKind<IdentificationStage>
{
    public override string Model => "authentik_stages_identification.identificationstage";

    public override JsonTypeInfo<IdentificationStage> Json => FlowsJson.Default.IdentificationStage;

    protected override async ValueTask<StageResult> RunAsync(IdentificationStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        var embedded = stage.PasswordStage is { } pk ? run.Snapshot.Get<FlowsPart>().Stage(pk) as PasswordStage : null;
        if (answer is null) return Ask(stage, run, run.State, embedded, null);
        var given = IdentificationAnswer.Of(answer);
        if (given.UidField.Length == 0) return Ask(stage, run, run.State, embedded, "", ("uid_field", FlowStrings.NameMissing)) with { Status = 422 };
        var account = await FindAsync(stage, given.UidField, ct);
        if (account is null && !stage.PretendUserExists)
            return Ask(stage, run, run.State, embedded, given.UidField, ("uid_field", FlowStrings.NobodyOfThatName)) with { Status = 422 };
        var shown = account is not null && stage is { ShowMatchedUser: true, PretendUserExists: false } ? account.Username : given.UidField;
        var state = run.State with { UserPk = account?.Pk, Login = shown };
        if (embedded is null) return run.Pass(state);
        if (given.Password.Length == 0) return Ask(stage, run, run.State, embedded, given.UidField, ("password", FlowStrings.PasswordMissing)) with { Status = 422 };
        var check = await PasswordOutcome.CheckAsync(factor, run, embedded, account, given.UidField, given.Password, ct);
        return check.Apply(run, embedded, state, failed =>
            Ask(stage, run, failed with { UserPk = null, Login = null }, embedded, given.UidField, (check.Field, check.Message)));
    }

    private async ValueTask<Account?> FindAsync(IdentificationStage stage, string text, CancellationToken ct)
    {
        var account = await people.FindByLoginAsync(text, stage.UserFields.Contains("username"), stage.UserFields.Contains("email"), ct);
        if (account is null || stage.CaseInsensitiveMatching) return account;
        return text == account.Username || text == account.Email ? account : null;
    }

    private static StageAsked Ask(
        IdentificationStage stage, StageRun run, FlowState state, PasswordStage? embedded, string? typed, params (string, string)[] errors)
    {
        var challenge = new IdentificationChallenge(run.Info)
        {
            UserFields = stage.UserFields,
            PendingUserIdentifier = typed,
            PasswordFields = embedded is not null,
            AllowShowPassword = embedded?.AllowShowPassword ?? false,
            ApplicationPre = run.Purpose?.ApplicationName,
            ApplicationPreLaunch = run.Purpose?.LaunchUrl,
            FlowDesignation = run.Flow.Flow.Designation,
            PrimaryAction = embedded is null ? FlowStrings.Continue : FlowStrings.SignIn,
            ResponseErrors = Challenge.Errors(errors),
        };
        return new(state, challenge, () => IdentificationPart.Create(challenge));
    }
}
