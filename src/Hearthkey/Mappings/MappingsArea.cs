using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Mappings;

/// <summary>What is told about a person to whom: property mappings and their evaluation.</summary>
public static class MappingsArea
{
    public static void AddMappings(this IServiceCollection services)
    {
        services.AddResource<ScopeMappings>();
        services.AddSnapshotPart([ScopeMappings.Kind], async (_, db, _) => new ScopeMappingsPart(await ScopeMappings.AllAsync(db)));
        services.AddSingleton(new DefaultSet("scope-mappings", 1, (s, db, _) => ManagedMappings.ApplyAsync(s, db)));
    }

    public static void MapMappings(this IEndpointRouteBuilder routes) => routes.MapResource(routes.ServiceProvider.GetRequiredService<ScopeMappings>());
}
