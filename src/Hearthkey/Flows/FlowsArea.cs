using Hearthkey.Directory;
using Hearthkey.Flows.Objects;
using Hearthkey.Flows.Running;
using Hearthkey.Flows.Stages.Identification;
using Hearthkey.Flows.Stages.Password;
using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Flows.Stages.UserLogin;
using Hearthkey.Flows.Stages.UserLogout;
using Hearthkey.Flows.Stages.UserWrite;
using Hearthkey.Flows.Start;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows;

/// <summary>
/// Flows, the stages bound to them, and the dispatcher that leads people through. Signing in and out, initial setup, the link that brings an admin
/// back in.
/// </summary>
public static class FlowsArea
{
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(2);

    public static void AddFlows(this IServiceCollection services)
    {
        services.AddResource<FlowResource>();
        services.AddResource<FlowBindingResource>();
        services.AddResource<AllStages>();
        services.AddStage<IdentificationStage, IdentificationKind, IdentificationStageResource>("authentik_stages_identification.identificationstage");
        services.AddStage<PasswordStage, PasswordKind, PasswordStageResource>("authentik_stages_password.passwordstage");
        services.AddStage<UserLoginStage, UserLoginKind, UserLoginStageResource>("authentik_stages_user_login.userloginstage");
        services.AddStage<UserLogoutStage, UserLogoutKind, UserLogoutStageResource>("authentik_stages_user_logout.userlogoutstage");
        services.AddStage<UserWriteStage, UserWriteKind, UserWriteStageResource>("authentik_stages_user_write.userwritestage");
        services.AddStage<PromptStage, PromptKind, PromptStageResource>("authentik_stages_prompt.promptstage");
        services.AddResource<PromptFieldResource>();
        services.AddSingleton<PasswordFactor>();
        FlowReferences.Add(services);
        services.AddSnapshotPart<FlowsPart>(
            [FlowResource.ModelName, FlowBindingResource.ModelName, AllStages.ModelName], (s, db, _) => FlowsPart.LoadAsync(s, db));
        services.AddSnapshotPart<PromptsPart>([PromptFieldResource.ModelName], (_, db, _) => PromptsPart.LoadAsync(db));
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<FlowDone>();
        services.AddSingleton<FlowEndpoints>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<RecoveryLink>();
        services.AddSingleton<RecoveryPage>();
        services.AddSingleton<SetupEntry>();
        services.AddSingleton(s => s.GetRequiredService<SetupEntry>().Entry);
        services.AddSingleton(new PromptCheck(SetupEntry.BaseUrlKey, SetupEntry.Mistake));
        // an admin's password closes setup in the very unit of work that sets it
        services.AddSingleton(s => new UserEnding(async (db, _) => await s.GetRequiredService<SetupLink>().IsOpenAsync(db)));
        services.AddSingleton(new UserEnding(RecoveryLink.EndAsync));
        services.AddSingleton(new DefaultSet("flows", 1, DefaultFlows.ApplyAsync));
        services.AddSingleton(s => new Periodic("sweep flow states", _sweepEvery, ct =>
            FlowStateRows.SweepAsync(s.GetRequiredService<IStore>(), s.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
    }

    public static void MapFlows(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.MapResource(services.GetRequiredService<FlowResource>());
        routes.MapResource(services.GetRequiredService<FlowBindingResource>());
        StageTypes.Map(routes);
        routes.MapResource(services.GetRequiredService<AllStages>());
        routes.MapResource(services.GetRequiredService<IdentificationStageResource>());
        routes.MapResource(services.GetRequiredService<PasswordStageResource>());
        routes.MapResource(services.GetRequiredService<UserLoginStageResource>());
        routes.MapResource(services.GetRequiredService<UserLogoutStageResource>());
        routes.MapResource(services.GetRequiredService<UserWriteStageResource>());
        routes.MapResource(services.GetRequiredService<PromptStageResource>());
        routes.MapResource(services.GetRequiredService<PromptFieldResource>());
        var endpoints = services.GetRequiredService<FlowEndpoints>();
        var recovery = services.GetRequiredService<RecoveryPage>();
        string[] pageMethods = ["GET", "POST"];
        routes.MapMethods("/if/flow/{slug}/", pageMethods, Task<IResult> (HttpContext c, string slug) => endpoints.VisitAsync(c, slug)).WithMetadata(Access.Anyone);
        routes.MapGet("/flows/-/default/{designation}/", IResult (HttpContext c, string designation) => FlowEndpoints.Choose(c, designation)).WithMetadata(Access.Anyone);
        routes.MapMethods("/recovery/use-token/{key}/", pageMethods, Task<IResult> (HttpContext c, string key) => recovery.VisitAsync(c, key)).WithMetadata(Access.Anyone);
        routes.MapGet("/", Task<IResult> (HttpContext c) => HomeAsync(c)).WithMetadata(Access.Anyone);
    }

    private static async Task<IResult> HomeAsync(HttpContext http)
    {
        var isFresh = await http.RequestServices.GetRequiredService<SetupLink>().IsOpenAsync(http.RequestAborted);
        return http.SeeOther(isFresh ? $"/if/flow/{SetupLink.Slug}/" : http.Ui().Links.Portal);
    }
}
