using Hearthkey.Brands;
using Hearthkey.Flows.Objects;
using Hearthkey.Flows.Stages.Identification;
using Hearthkey.Flows.Stages.Password;
using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Flows.Stages.UserLogin;
using Hearthkey.Flows.Stages.UserLogout;
using Hearthkey.Flows.Stages.UserWrite;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Start;

/// <summary>The flows that come along, with the slugs and stage names that guides and blueprints refer to.</summary>
internal sealed class DefaultFlows(IServiceProvider services, Db db)
{
    private readonly DateTimeOffset _now = services.GetRequiredService<TimeProvider>().GetUtcNow();

    public static async ValueTask ApplyAsync(IServiceProvider services, Db db, int from)
    {
        if (from < 1) await new DefaultFlows(services, db).AddFirstAsync();
    }

    private async ValueTask AddFirstAsync()
    {
        var login = await StageAsync(new UserLoginStage { Name = "default-authentication-login" });
        var signIn = await FlowAsync("default-authentication-flow", "Welcome to Hearthkey!", "Welcome to Hearthkey!", "authentication", "none",
            (10, await StageAsync(new IdentificationStage { Name = "default-authentication-identification", UserFields = ["email", "username"] })),
            (20, await StageAsync(new PasswordStage { Name = "default-authentication-password", AllowShowPassword = true })),
            (100, login));
        var signOut = await FlowAsync("default-invalidation-flow", "Logout", "Signed out", "invalidation", "none",
            (0, await StageAsync(new UserLogoutStage { Name = "default-invalidation-logout" })));
        await FlowAsync("default-provider-invalidation-flow", "Logged out of application", "You've logged out of %(app)s.", "invalidation", "none");
        await FlowAsync("default-provider-authorization-implicit-consent", "Authorize Application", "Redirecting to %(app)s", "authorization", "require_authenticated");
        await FlowAsync(SetupLink.Slug, "Welcome to Hearthkey!", "Welcome to Hearthkey!", "stage_configuration", "none",
            (10, await StageAsync(new PromptStage { Name = "stage-default-oobe-password", Fields = await SetupFieldsAsync() })),
            (20, await StageAsync(new UserWriteStage { Name = "default-password-change-write" })),
            (100, login));
        await BrandTable.AdoptFlowsAsync(db, signIn, signOut);
    }

    private async ValueTask<IReadOnlyList<Guid>> SetupFieldsAsync() =>
    [
        await PromptAsync(0, "initial-setup-field-header", "header_text", "static", FlowStrings.SetupHeader, FlowStrings.SetupHeader, ""),
        await PromptAsync(1, "initial-setup-field-email", "email", "email", FlowStrings.Email, "", ""),
        await PromptAsync(2, "initial-setup-field-base-url", SetupEntry.BaseUrlKey, "text", FlowStrings.BaseUrl, "", FlowStrings.BaseUrlHelp),
        await PromptAsync(3, "initial-setup-field-password", "password", "password", FlowStrings.Password, "", FlowStrings.NewPasswordHelp),
        await PromptAsync(4, "initial-setup-field-password-repeat", "password_repeat", "password", FlowStrings.RepeatPassword, "", ""),
    ];

    private async ValueTask<Guid> FlowAsync(
        string slug, string name, string title, string designation, string authentication, params (long Order, Guid Stage)[] stages)
    {
        var flow = new Flow
        {
            Pk = NewId(),
            PolicybindingmodelPtrId = NewId(),
            Slug = slug,
            Name = name,
            Title = title,
            Designation = designation,
            Authentication = authentication,
        };
        await db.ExecAsync($"insert into flow ({FlowRows.Columns}) values ({FlowRows.Values(flow)})");
        foreach (var (order, stage) in stages)
        {
            var binding = new FlowStageBinding { Pk = NewId(), PolicybindingmodelPtrId = NewId(), Target = flow.Pk, Stage = stage, Order = order };
            await db.ExecAsync($"insert into flow_stage_binding ({BindingRows.Columns}) values ({BindingRows.Values(binding)})");
        }
        return flow.Pk;
    }

    private async ValueTask<Guid> StageAsync<T>(T stage)
        where T : StageRecord
    {
        var kind = services.GetServices<StageKind>().OfType<StageKind<T>>().Single();
        var pk = NewId();
        await db.ExecAsync($"insert into stage (stage_uuid, name, model, config) values ({pk}, {stage.Name}, {kind.Model}, {new Json(StageRecord.Config(stage, kind.Json))})");
        return pk;
    }

    private async ValueTask<Guid> PromptAsync(long order, string name, string key, string type, string label, string value, string help)
    {
        var pk = NewId();
        await db.ExecAsync(
            $"""
            insert into prompt (prompt_uuid, name, field_key, label, type, required, placeholder, initial_value, position, sub_text)
            values ({pk}, {name}, {key}, {label}, {type}, {true}, {""}, {value}, {order}, {help})
            """);
        return pk;
    }

    private Guid NewId() => Guid.CreateVersion7(_now);
}
