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

    /// <summary>Registers a kind of thing that bindings decide about. A binding has no name of its own: it is called by what it opens, and beside that by whom it lets in.</summary>
    /// <param name="model">Its model, whose references go by the <c>pbm_uuid</c>.</param>
    /// <param name="key">The column that has the <c>pbm_uuid</c>.</param>
    public static void AddBindingTarget(this IServiceCollection services, string model, SqlText table, SqlText key, SqlText name)
    {
        services.AddSingleton(new BindingTarget((db, target) => db.OneAsync($"select {name} from {table} where {key} = {target}", r => r.Text())));
        services.AddSingleton(new Reference(UserChanges.Group, PolicyBindings.Kind, ReferenceAction.Cascade, group =>
            $"select b.binding_uuid, 'access to ' || t.{name} from policy_binding b join {table} t on t.{key} = b.target where b.group_uuid = {group}"));
        services.AddSingleton(new Reference(UserChanges.User, PolicyBindings.Kind, ReferenceAction.Cascade, user =>
            $"""
            select b.binding_uuid, 'access to ' || t.{name} from policy_binding b join {table} t on t.{key} = b.target
            where cast(b.user_pk as text) = {user}
            """));
        services.AddSingleton(new Reference(model, PolicyBindings.Kind, ReferenceAction.Cascade, target =>
            $"""
            select b.binding_uuid, coalesce('access of group ' || g.name, 'access of ' || u.username) from policy_binding b
            left join groups g on g.group_uuid = b.group_uuid left join users u on u.pk = b.user_pk where b.target = {target}
            """));
    }

    public static void MapPolicies(this IEndpointRouteBuilder routes) => routes.MapResource(routes.ServiceProvider.GetRequiredService<PolicyBindings>());
}
