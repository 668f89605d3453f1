using Hearthkey.Admin;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.Catalog;
using Hearthkey.Connectors;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider;
using Hearthkey.Policies;
using Hearthkey.Portal;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.System;
using Hearthkey.Ui;

namespace Hearthkey;

/// <summary>Puts the areas together, top to bottom, and starts them in the order lock → schema → defaults → snapshot → listen.</summary>
public static class HearthkeyServer
{
    /// <summary>Builds the server; nothing is opened yet.</summary>
    /// <param name="environment">The variables of the process, see <see cref="Settings"/>.</param>
    /// <param name="configure">Tests replace the clock and the addresses here.</param>
    /// <exception cref="StartupException">The settings have mistakes.</exception>
    public static WebApplication Create(IReadOnlyDictionary<string, string> environment, Action<WebApplicationBuilder>? configure = null)
    {
        var (settings, warnings) = HostingArea.ReadSettings(environment);
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "hearthkey" });
        builder.WebHost.UseKestrelCore();
        Listeners.Configure(builder, settings);
        builder.Services.AddRoutingCore();
        AddAreas(builder.Services, settings);
        configure?.Invoke(builder);
        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hearthkey.Start");
        foreach (var warning in warnings) StartLog.Setting(log, warning);
        Pipeline.Use(app);
        MapAreas(app);
        return app;
    }

    /// <summary>Brings the areas up and begins to listen.</summary>
    /// <exception cref="StartupException">Something needed is missing or wrong; the message says what to change.</exception>
    public static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        StartAreas(app.Services);
        await PrepareAsync(app.Services, ct);
        await Listeners.StartAsync(app, ct);
    }

    /// <summary>Everything before listening.</summary>
    public static Task PrepareAsync(IServiceProvider services, CancellationToken ct) =>
        ExplainAsync(() => services.GetRequiredService<StorageStart>().RunAsync(ApplyDefaultsAsync, ct));

    /// <summary>Opens what is there for one command; a server may be running beside it.</summary>
    /// <exception cref="StartupException">There is nothing here yet, or it belongs to another version or key.</exception>
    public static async Task AttachAsync(IServiceProvider services, CancellationToken ct)
    {
        StartAreas(services);
        await ExplainAsync(() => services.GetRequiredService<StorageStart>().AttachAsync(
            (s, db) => s.GetRequiredService<Vault>().VerifyAsync(db), ct));
    }

    private static async Task ExplainAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (Exception e) when (e is SchemaException or StorageUnavailableException)
        {
            throw new StartupException(e.Message);
        }
    }

    private static async Task ApplyDefaultsAsync(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<IStore>().WriteAsync(async db =>
        {
            await services.GetRequiredService<Vault>().CheckAsync(db);
            await DefaultSet.ApplyAllAsync(services, db);
            return true;
        }, ct);

    private static void AddAreas(IServiceCollection services, Settings settings)
    {
        services.AddHosting(settings);
        services.AddStorage(new StorageOptions { DataFolder = settings.DataFolder, PostgresConnectionString = settings.Postgres });
        services.AddAudit();
        services.AddKeys();
        services.AddUi();
        services.AddResources();
        services.AddBrands();
        services.AddDirectory();
        services.AddPolicies();
        services.AddMappings();
        services.AddSessions();
        services.AddFlows();
        services.AddApplications();
        services.AddOidcProvider();
        services.AddForwardAuth();
        services.AddConnectors();
        services.AddSystem();
        services.AddCatalog();
        services.AddPortal();
        services.AddAdmin();
    }

    /// <summary>Lets the areas follow the snapshot and the change feed, before the first snapshot is loaded.</summary>
    private static void StartAreas(IServiceProvider services)
    {
        services.StartKeys();
        services.StartBrands();
        services.StartForwardAuth();
    }

    private static void MapAreas(WebApplication app)
    {
        app.MapHosting();
        app.MapUi();
        app.MapBrands();
        app.MapDirectory();
        app.MapPolicies();
        app.MapMappings();
        app.MapSessions();
        app.MapFlows();
        app.MapApplications();
        app.MapOidcProvider();
        app.MapForwardAuth();
        app.MapSystem();
        app.MapPortal();
        app.MapAdmin();
    }
}
