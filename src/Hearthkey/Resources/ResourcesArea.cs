using System.Diagnostics.CodeAnalysis;

namespace Hearthkey.Resources;

/// <summary>The machinery of a managed object: declaration, REST, "used by", change and event.</summary>
public static class ResourcesArea
{
    public static void AddResources(this IServiceCollection services)
    {
        services.AddSingleton<ResourceContext>();
        services.AddSingleton<PageSizes>();
    }

    /// <summary>Registers a resource, as itself and in the list of all.</summary>
    public static void AddResource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TResource>(this IServiceCollection services)
        where TResource : Resource
    {
        services.AddSingleton<TResource>();
        services.AddSingleton<Resource>(s => s.GetRequiredService<TResource>());
    }
}
