using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Directory;

namespace Hearthkey.Flows.Stages.UserWrite;

/// <summary>
/// Saves answers to prompts in the person's account: <c>name</c>, <c>email</c>, the password. Only for somebody who proved who they are, or whom a
/// door such as initial setup let in: naming somebody is not enough.
/// </summary>
internal sealed class UserWriteKind(Users users, Passwords passwords) : StageKind<UserWriteStage>
{
    private static readonly string[] _fields = ["name", "email"];

    public override string Model => "authentik_stages_user_write.userwritestage";

    public override JsonTypeInfo<UserWriteStage> Json => FlowsJson.Default.UserWriteStage;

    protected override ValueTask<StageResult> RunAsync(UserWriteStage stage, StageRun run, StageAnswer? answer, CancellationToken ct)
    {
        var isTrusted = run.State.Proofs.Count > 0 || run.State.Entry is not null;
        if (run.Person is not { IsActive: true } person || !isTrusted) return new(run.Deny(FlowStrings.NobodyProved));
        var fields = new JsonObject();
        foreach (var name in _fields)
            if (run.State.Data.TryGetValue(name, out var value)) fields[name] = value;
        var actor = run.Actor with { Pk = person.Pk, Username = person.Username, Email = person.Email };
        var input = JsonElement.Parse(fields.ToJsonString());
        var password = run.State.PasswordHash is { } hash ? new HashedPassword(hash) : null;
        return new(run.Pass(run.State) with
        {
            Write = async (db, state) =>
            {
                await Proof.HoldAsync(db, state);
                if (fields.Count > 0)
                {
                    var outcome = await users.UpdateAsync(db, actor, person.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture), input);
                    if (outcome.Value is null) throw new StageWriteException(outcome.Errors is { } errors ? Sentence(errors) : FlowStrings.NobodyProved);
                }
                if (password is null) return state;
                var setAt = await passwords.SetAsync(db, person.Pk, password, actor);
                // whoever chose the password knows it
                return state with { PasswordHash = null, Proofs = [.. state.Proofs, PasswordFactor.Method], PasswordAt = setAt, Session = null };
            },
        });
    }

    private static string Sentence(Resources.FieldErrors errors) => string.Join(' ', errors.Fields.Select(errors.For));
}
