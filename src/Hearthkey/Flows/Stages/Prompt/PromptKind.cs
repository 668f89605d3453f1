using System.Net.Mail;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Directory;

namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>Asks for fields and keeps the answers for the stages that follow; a password only as its hash.</summary>
internal sealed class PromptKind(Passwords passwords, IEnumerable<PromptCheck> checks) : StageKind<PromptStage>
{
    public override string Model => "authentik_stages_prompt.promptstage";

    public override JsonTypeInfo<PromptStage> Json => FlowsJson.Default.PromptStage;

    protected override async ValueTask<StageResult> RunAsync(PromptStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        var fields = run.Snapshot.Get<PromptsPart>().Of(stage);
        if (answer is null) return Ask(run, fields, null, []);
        var asked = fields.Where(f => !PromptTypes.IsShown(f.Type)).ToList();
        var secrets = asked.Where(f => f.Type == "password").ToList();
        // the first password says what is wrong with it, the others only that they differ
        var errors = asked.Except(secrets.Skip(1)).Select(f => (f.FieldKey, Message: Mistake(f, Given(f, answer, run)))).Where(e => e.Message is not null).ToList();
        errors.AddRange(secrets.Skip(1).Where(f => Given(f, answer, run) != Given(secrets[0], answer, run)).Select(f => (f.FieldKey, (string?)FlowStrings.PasswordsDiffer)));
        if (errors.Count > 0) return Ask(run, fields, answer, [.. errors.Select(e => (e.FieldKey, e.Message!))]) with { Status = 422 };
        var state = asked.Except(secrets).Aggregate(run.State, (s, f) => s.With(f.FieldKey, Given(f, answer, run)));
        if (secrets is not [var first, ..] || Given(first, answer, run) is not { Length: > 0 } secret) return run.Pass(state);
        if (await passwords.HashAsync(secret, ct) is { } hash) return run.Pass(state with { PasswordHash = hash.Text });
        return Ask(run, fields, answer, [("non_field_errors", FlowStrings.Busy)]) with { Status = 503, RetryAfter = Passwords.BusyFor };
    }

    // a hidden field is the server's: what the browser sends for it is not looked at
    private static string Given(PromptField field, StageAnswer answer, StageRun run) => field.Type switch
    {
        "hidden" => Initial(field, run),
        "password" => answer.Text(field.FieldKey) ?? "",
        _ => answer.Text(field.FieldKey)?.Trim() ?? "",
    };

    private string? Mistake(PromptField field, string value)
    {
        if (value.Length == 0) return field.Required && field.Type != "hidden" ? FlowStrings.FieldMissing : null;
        return field.Type switch
        {
            "email" => MailAddress.TryCreate(value, out var address) && address.Address == value ? null : FlowStrings.NoEmail,
            "password" => Passwords.WhyNot(value),
            _ => checks.FirstOrDefault(c => c.FieldKey == field.FieldKey)?.Mistake(value),
        };
    }

    private static StageAsked Ask(StageRun run, IReadOnlyList<PromptField> fields, StageAnswer? answer, (string, string)[] errors)
    {
        var challenge = new PromptChallenge(run.Info, [.. fields.Where(f => f.Type != "hidden").Select(f => Show(f, answer, run))])
        {
            ResponseErrors = Challenge.Errors(errors),
        };
        return new(run.State, challenge, () => PromptPart.Create(challenge));
    }

    private static StagePrompt Show(PromptField field, StageAnswer? answer, StageRun run)
    {
        var value = field.Type == "password" ? "" : answer is null || PromptTypes.IsShown(field.Type) ? Initial(field, run) : answer.Text(field.FieldKey) ?? "";
        return new(field.FieldKey, field.Label, field.Type, field.Required, field.Placeholder, value, field.Order, field.SubText);
    }

    private static string Initial(PromptField field, StageRun run) => run.State.Data.GetValueOrDefault(field.FieldKey, field.InitialValue);
}
