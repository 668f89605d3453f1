using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>Who may: bindings of groups and people to what they may open, the engine modes, and the words for why somebody was let in or not.</summary>
public static class PoliciesArea
{
    // the names of groups stand in the reasons, and a deleted group takes its bindings along
    private static readonly string[] _kinds = [PolicyBindings.Kind, UserChanges.Group];

    public static void AddPolicies(this IServiceCollection services)
    {
        services.AddResource<PolicyBindings>();
        services.AddSnapshotPart(_kinds, async (_, db, _) => new Bindings(await BindingRows.AllAsync(db)));
        services.AddSingleton(s => new DeleteGuard(UserChanges.Group, (db, key) => LastBinding.WhyNotAsync(
            db, s.GetServices<BindingTarget>(), $"coalesce(group_uuid, '') = {key}")));
        services.AddSingleton(s => new DeleteGuard(UserChanges.User, (db, key) => LastBinding.WhyNotAsync(
            db, s.GetServices<BindingTarget>(), $"coalesce(cast(user_pk as text), '') = {key}")));
    }

    public static void MapPolicies(this IEndpointRouteBuilder routes) => routes.MapResource(routes.ServiceProvider.GetRequiredService<PolicyBindings>());
}
