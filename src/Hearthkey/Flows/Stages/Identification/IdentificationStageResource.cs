using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Stages.Identification;

/// <summary>stages/identification.</summary>
internal sealed class IdentificationStageResource(ResourceContext context, IdentificationKind kind) : StageResource<IdentificationStage>(context, kind)
{
    public override string Path => "stages/identification";

    public override string VerboseName => "identification stage";

    protected override IReadOnlyList<string> OwnFilters { get; } =
    [
        "captcha_stage", "case_insensitive_matching", "enrollment_flow", "password_stage", "passwordless_flow",
        "recovery_flow", "show_matched_user", "show_source_labels", "webauthn_stage",
    ];

    protected override IdentificationStage BindOwn(FieldReader input, IdentificationStage? before)
    {
        var old = before ?? new();
        foreach (var name in (string[])["captcha_stage", "enrollment_flow", "recovery_flow", "passwordless_flow", "webauthn_stage"]) input.Unbuilt(name, "null");
        input.Unbuilt("sources", "[]");
        input.Unbuilt("show_source_labels", "false");
        input.Unbuilt("enable_remember_me", "false");
        return old with
        {
            UserFields = Fields(input, before?.UserFields),
            PasswordStage = input.Reference("password_stage", old.PasswordStage),
            CaseInsensitiveMatching = input.Flag("case_insensitive_matching", old.CaseInsensitiveMatching),
            ShowMatchedUser = input.Flag("show_matched_user", old.ShowMatchedUser),
            PretendUserExists = input.Flag("pretend_user_exists", old.PretendUserExists),
        };
    }

    protected override async ValueTask<IdentificationStage> CheckAsync(Db db, IdentificationStage value, IdentificationStage? before, FieldErrors errors)
    {
        const string model = "authentik_stages_password.passwordstage";
        if (value.PasswordStage is { } pk
            && await db.OneAsync($"select count(*) from stage where stage_uuid = {pk} and model = {model}", r => r.Long()) == 0)
            errors.AddMissing("password_stage", pk);
        return value;
    }

    private static IReadOnlyList<string> Fields(FieldReader input, IReadOnlyList<string>? before)
    {
        IReadOnlyList<string> fields = before ?? ["username", "email"];
        if (input.Items("user_fields") is not { } items) return fields;
        var chosen = items.Select(i => i.ValueKind == global::System.Text.Json.JsonValueKind.String ? i.GetString()! : "").Distinct().ToList();
        foreach (var name in chosen.Where(n => n is not ("username" or "email")))
            input.Errors.Add("user_fields", name == "upn" ? "“upn” is not built yet; choose username, email." : $"\"{name}\" is not a valid choice.");
        if (chosen.Count == 0) input.Errors.Add("user_fields", "Choose at least one: without sources nobody could sign in otherwise.");
        return chosen;
    }
}
