using Hearthkey.Hosting;
using Hearthkey.Storage.Postgres;
using Hearthkey.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearthkey.Storage;

/// <summary>
/// Owns the connections, units of work, the change feed between nodes, the snapshot that is composed of the parts of other areas, and the files of
/// the schema. Its code knows no table but <c>migration</c>, <c>change</c> and <c>counter</c>: each other one is read and written by its area alone.
/// </summary>
public static class StorageArea
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(NewStore);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<StaleRule>();
        services.AddSingleton(provider => new Snapshots(
            provider,
            provider.GetRequiredService<IStore>(),
            provider.GetServices<SnapshotPart>(),
            provider.GetRequiredService<ILogger<Snapshots>>()));
        services.AddSingleton<StorageStart>();
        services.AddSingleton(provider => new MetricSource(text => WriteMetrics(provider, text)));
        return services;
    }

    /// <summary>
    /// Adds a part to the snapshot. It is loaded at start and again after a change of one of these kinds, in the order of registration; the loader
    /// sees the parts before its own. A part that uses another lists that one's kinds too. Its kinds are announced to other nodes at once.
    /// </summary>
    public static IServiceCollection AddSnapshotPart<T>(
        this IServiceCollection services,
        IReadOnlyCollection<string> kinds,
        Func<IServiceProvider, Db, Snapshot, ValueTask<T>> load)
        where T : class =>
        services.AddSingleton(new SnapshotPart(
            kinds.ToHashSet(),
            async (provider, db, snapshot) => snapshot.With(await load(provider, db, snapshot))));

    private static void WriteMetrics(IServiceProvider provider, MetricText text)
    {
        var now = provider.GetRequiredService<TimeProvider>().GetUtcNow();
        provider.GetRequiredService<IStore>().Counts.Write(text);
        text.Single("hearthkey_snapshot_age_seconds", "gauge", "Since the configuration in force was read.", (now - provider.GetRequiredService<Snapshots>().BuiltAt).TotalSeconds);
        text.Single("hearthkey_database_contact_age_seconds", "gauge", "Since the database last answered; it is asked each second.", provider.GetRequiredService<ChangeFeed>().ContactAge.TotalSeconds);
    }

    private static IStore NewStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<StorageOptions>();
        var time = provider.GetRequiredService<TimeProvider>();
        if (options.PostgresConnectionString is not { } text)
        {
            DataFolder.Make(options.DataFolder);
            return new SqliteStore(Path.Combine(options.DataFolder, "hearthkey.db"), time);
        }
        var announced = provider.GetServices<SnapshotPart>().SelectMany(part => part.Kinds);
        return new PostgresStore(text, time, announced.ToHashSet());
    }
}
