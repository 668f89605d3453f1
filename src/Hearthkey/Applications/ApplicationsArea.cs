using Hearthkey.Applications.Endpoints;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>What people open: applications, who may open them and where they lead; and what providers of all kinds have in common.</summary>
public static class ApplicationsArea
{
    public static void AddApplications(this IServiceCollection services)
    {
        services.AddResource<Providers>();
        services.AddResource<ApplicationResource>();
        services.AddSingleton<ApplicationList>();
        services.AddSingleton<LaunchUrls>();
        services.AddSingleton<AccessCheck>();
        services.AddSingleton<AccessDenied>();
        // a provider that goes leaves its application without
        services.AddSnapshotPart(
            [ApplicationResource.Kind, Providers.Kind], async (_, db, _) => new ApplicationsPart(await ApplicationResource.AllAsync(db)));
        services.AddSingleton(new TokenTarget((db, application) => db.OneAsync($"select name from application where app_uuid = {application}", r => r.Text())));
        services.AddBindingTarget(
            ApplicationResource.Kind, SqlText.Constant("application"), SqlText.Constant("pbm_uuid"), SqlText.Constant("name"));
        AddReferences(services, Providers.Kind, null);
    }

    /// <summary>Registers a kind of provider, and what its providers refer to and are referred to by.</summary>
    public static void AddProviderKind(this IServiceCollection services, ProviderKind kind)
    {
        services.AddSingleton(kind);
        AddReferences(services, kind.Model, kind);
    }

    public static void MapApplications(this IEndpointRouteBuilder routes)
    {
        routes.MapResource(routes.ServiceProvider.GetRequiredService<ApplicationResource>());
        routes.MapApi("GET", "core/applications/{key}/check_access/", Access.Person, CheckAccess.HandleAsync)
            .WithMetadata(new AnswerShape(ApplicationsJson.Default.PolicyTestResult, "for_user"));
        routes.MapResource(routes.ServiceProvider.GetRequiredService<Providers>());
        routes.MapApi("GET", "providers/all/types/", Access.Admin, ProviderTypes.HandleAsync)
            .WithMetadata(new AnswerShape(ApplicationsJson.Default.IReadOnlyListTypeCreate));
        routes.MapGet("/application/launch/{slug}/", (RequestDelegate)Launch.HandleAsync).WithMetadata(Access.Anyone);
    }

    private static void AddReferences(IServiceCollection services, string model, ProviderKind? kind)
    {
        services.AddSingleton(new Reference(model, ApplicationResource.Kind, ReferenceAction.SetNull,
            key => $"select slug, name from application where cast(provider_pk as text) = {key}"));
        if (kind is null) return;
        services.AddSingleton(new Reference(FlowResource.ModelName, model, ReferenceAction.Cascade,
            key => $"""
                select cast(p.pk as text), p.name from provider p join flow f on f.flow_uuid in (p.authorization_flow, p.invalidation_flow)
                where p.model = {model} and {key} in (f.flow_uuid, f.slug)
                """)
        {
            IsProtecting = true,
        });
        services.AddSingleton(new Reference(FlowResource.ModelName, model, ReferenceAction.SetNull,
            key => $"""
                select cast(p.pk as text), p.name from provider p join flow f on f.flow_uuid = p.authentication_flow
                where p.model = {model} and {key} in (f.flow_uuid, f.slug)
                """));
        services.AddSingleton(new Reference(Mappings.ScopeMappings.Kind, model, ReferenceAction.CascadeMany,
            key => $"""
                select cast(p.pk as text), p.name from provider p join provider_mapping m on m.provider_pk = p.pk
                where p.model = {model} and m.pm_uuid = {key}
                """));
    }
}
