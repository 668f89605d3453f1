using System.Diagnostics.CodeAnalysis;
using Hearthkey.Flows.Objects;
using Hearthkey.Resources;

namespace Hearthkey.Flows;

/// <summary>Brings a kind of stage in: the dispatcher and the lists find it from here.</summary>
public static class StageRegistration
{
    /// <summary>Registers the kind, its resource, and that flows refer to it. The resource is mapped by its own area.</summary>
    public static void AddStage<
        T,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TKind,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TResource>(this IServiceCollection services, string model)
        where T : StageRecord
        where TKind : StageKind<T>
        where TResource : StageResource<T>
    {
        services.AddSingleton<TKind>();
        services.AddSingleton<StageKind>(s => s.GetRequiredService<TKind>());
        services.AddResource<TResource>();
        services.AddSingleton(new Reference(model, FlowBindingResource.ModelName, ReferenceAction.Cascade, BindingRows.OfStage));
    }
}
