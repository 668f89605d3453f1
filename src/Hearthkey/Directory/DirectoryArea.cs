using System.Globalization;
using Hearthkey.Directory.Endpoints;
using Hearthkey.Directory.Start;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Users, groups, passwords and tokens; who somebody is, from memory; the throttle against guessing.</summary>
public static class DirectoryArea
{
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(10);

    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddSnapshotPart([UserChanges.Group], static (_, db, _) => GroupTree.LoadAsync(db));
        services.AddSingleton<People>();
        services.AddSingleton<Namesakes>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AppPasswords>();
        services.AddSingleton<ServiceAccounts>();
        services.AddSingleton(s => new CallerSource(s.GetRequiredService<ApiKeys>().FindCallerAsync));
        services.AddResource<Users>();
        services.AddResource<Groups>();
        services.AddResource<Tokens>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<GroupAndTokenEndpoints>();
        services.AddSingleton(DirectoryDefaults.Set);
        services.AddSingleton(new Reference(UserChanges.User, UserChanges.Token, ReferenceAction.Cascade, pk =>
            $"select identifier, identifier from token where user_pk = {Number(pk)} order by identifier"));
        services.AddSingleton(new Reference(UserChanges.User, UserChanges.Group, ReferenceAction.CascadeMany, pk =>
            $"""
            select g.group_uuid, g.name from groups g join group_member m on m.group_uuid = g.group_uuid
            where m.user_pk = {Number(pk)} order by g.name_key
            """));
        services.AddSingleton(new Reference(UserChanges.Group, UserChanges.Group, ReferenceAction.CascadeMany, uuid =>
            $"""
            select g.group_uuid, g.name from groups g join group_parent p on p.group_uuid = g.group_uuid
            where p.parent_uuid = {uuid} order by g.name_key
            """));
        services.AddSingleton(s => new Periodic("sweep expired tokens", _sweepEvery, ct => SweepTokensAsync(
            s.GetRequiredService<IStore>(), s.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
    }

    public static void MapDirectory(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        services.GetRequiredService<UserEndpoints>().Map(routes);
        services.GetRequiredService<GroupAndTokenEndpoints>().Map(routes);
        routes.MapResource(services.GetRequiredService<Users>());
        routes.MapResource(services.GetRequiredService<Groups>());
        routes.MapResource(services.GetRequiredService<Tokens>());
    }

    /// <summary>Deletes tokens whose time is over; they were refused since.</summary>
    internal static async Task SweepTokensAsync(IStore store, DateTimeOffset now, CancellationToken ct)
    {
        const int batch = 500;
        while (await store.WriteAsync(
            db => db.ExecAsync(
                $"delete from token where token_uuid in (select token_uuid from token where expires_at < {now} limit {batch})"),
            ct) == batch)
        {
        }
    }

    private static long Number(string pk) => long.Parse(pk, CultureInfo.InvariantCulture);
}
