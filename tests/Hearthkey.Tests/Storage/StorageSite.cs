using System.Data.Common;
using Hearthkey.Storage;
using Hearthkey.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Storage;

/// <summary>One started storage on a database of its own, or on one that another site has already.</summary>
public sealed class StorageSite : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private bool _isStarted;

    private StorageSite(ServiceProvider services, Place place) => (_services, Where) = (services, place);

    public Place Where { get; }

    public IStore Store => _services.GetRequiredService<IStore>();

    public ChangeFeed Feed => _services.GetRequiredService<ChangeFeed>();

    public Snapshots Snapshots => _services.GetRequiredService<Snapshots>();

    public static async Task<Place> PlaceAsync(Dialect dialect) => new(
        dialect,
        Path.Combine(Path.GetTempPath(), "hk-storage-" + Path.GetRandomFileName()),
        dialect == Dialect.Postgres ? await PostgresServer.NewDatabaseAsync() : null);

    public static async Task<StorageSite> StartAsync(
        Place place, Action<IServiceCollection>? configure = null, params string[] schema)
    {
        var site = Create(place, configure, schema);
        await site.StartAsync();
        return site;
    }

    public static StorageSite Create(Place place, Action<IServiceCollection>? configure = null, params string[] schema)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddStorage(new StorageOptions
        {
            DataFolder = place.Folder,
            PostgresConnectionString = place.ConnectionString,
            Migrations = dialect => [.. FeedSteps(dialect), .. schema.Select((text, i) => new MigrationStep(i + 2, $"test_{i}", text))],
        });
        configure?.Invoke(services);
        return new StorageSite(services.BuildServiceProvider(), place);
    }

    public async Task StartAsync(Func<IServiceProvider, CancellationToken, Task>? defaults = null)
    {
        await _services.GetRequiredService<StorageStart>().RunAsync(defaults ?? ((_, _) => Task.CompletedTask), CancellationToken.None);
        _isStarted = true;
    }

    public async Task<int> ExecAsync(Func<Db, ValueTask<int>> unit) => await Store.WriteAsync(unit, CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<Db, ValueTask<T>> unit) => Store.ReadAsync(unit, TestContext.Current.CancellationToken);

    public Task<T> WriteAsync<T>(Func<Db, ValueTask<T>> unit) => Store.WriteAsync(unit, TestContext.Current.CancellationToken);

    public async Task<DbException> FailsAsync(Func<Db, ValueTask<int>> unit) =>
        await Should.ThrowAsync<DbException>(() => Store.WriteAsync(unit, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isStarted && Where.Dialect == Dialect.Sqlite) global::System.IO.Directory.Delete(Where.Folder, recursive: true);
    }

    /// <summary>The table of the feed alone: these tests must not depend on the schema of other areas.</summary>
    public static IReadOnlyList<MigrationStep> FeedSteps(Dialect dialect) => [.. Migrator.BuiltIn(dialect).Take(1)];

    public sealed record Place(Dialect Dialect, string Folder, string? ConnectionString);
}
