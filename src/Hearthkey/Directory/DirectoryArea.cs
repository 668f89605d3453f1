using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Users, groups, passwords and tokens; who somebody is, from memory; the throttle against guessing.</summary>
public static class DirectoryArea
{
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddSnapshotPart([UserChanges.Group], static (_, db, _) => GroupTree.LoadAsync(db));
        services.AddSingleton<People>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Throttle>();
    }
}
