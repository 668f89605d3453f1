using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Brands;

/// <summary>Brands by host, the settings of the instance, and with both of them the list of our own origins.</summary>
public static class BrandsArea
{
    public static void AddBrands(this IServiceCollection services)
    {
        services.AddResource<Brands>();
        services.AddSnapshotPart<InstanceSettings>([InstanceSettings.Kind], (s, db, _) => InstanceSettings.LoadAsync(s.GetRequiredService<Settings>(), db));
        services.AddSnapshotPart<BrandTable>([Brands.Kind, Brands.FlowKind], (_, db, _) => BrandTable.LoadAsync(db));
        services.AddSingleton(new BrandSource(c => Look(c.Brand())));
        services.AddSingleton(new BrandOfRequest(c => InEvents(c.Brand())));
        services.AddSingleton(new Reference(Brands.FlowKind, Brands.Kind, ReferenceAction.SetNull,
            key => $"select brand_uuid, domain from brand where flow_authentication = {key} or flow_invalidation = {key}"));
        services.AddSingleton(new DefaultSet("certificates", 1, (s, db, _) => Keys.KeysArea.AddSelfSignedAsync(s, db)));
        services.AddSingleton(new DefaultSet("brands", 1, (s, db, _) => AddDefaultAsync(s, db)));
    }

    public static void MapBrands(this IEndpointRouteBuilder routes) =>
        routes.MapResource(routes.ServiceProvider.GetRequiredService<Brands>());

    /// <summary>Follows the snapshot: our origins, how long events are kept, how many results a page has.</summary>
    public static void StartBrands(this IServiceProvider services) => services.GetRequiredService<Snapshots>().OnSwap(snapshot =>
    {
        var settings = snapshot.Get<InstanceSettings>();
        services.GetRequiredService<Origins>().Set(snapshot.OwnOrigins());
        services.GetRequiredService<PageSizes>().Set(settings.PaginationDefaultPageSize, settings.PaginationMaxPageSize);
        if (Duration.Parse(settings.EventRetention) is { } retention) services.GetRequiredService<AuditLog>().Retention = retention;
    });

    /// <summary>Our own origins by this snapshot, the base URL first; empty as long as there is none.</summary>
    public static IReadOnlyList<Origin> OwnOrigins(this Snapshot snapshot) =>
        Loading.OwnOrigins.Of(snapshot.Get<InstanceSettings>(), snapshot.Get<BrandTable>());

    /// <summary>The brand of the host by which this request came.</summary>
    public static Brand Brand(this HttpContext context) =>
        context.RequestServices.GetRequiredService<Snapshots>().Current.BrandOf(context.Edge().Origin.Host);

    /// <summary>The server itself as the one who does what concerns this host: its events name the host's brand.</summary>
    public static Actor ServerFor(this Snapshot snapshot, string host) => Actor.ServerUnder(InEvents(snapshot.BrandOf(host)));

    private static Brand BrandOf(this Snapshot snapshot, string host) =>
        snapshot.Get<BrandTable>().Find(host) ?? new Brand { Domain = Brands.DefaultDomain, Default = true };

    // authentik's words; the row of a brand that stands in for none has no key
    private static JsonObject InEvents(Brand brand) => new()
    {
        ["app"] = "authentik_brands",
        ["model_name"] = "brand",
        ["pk"] = brand.BrandUuid.ToString(),
        ["name"] = brand.Default ? "Default brand" : $"Brand {brand.Domain}",
    };

    private static BrandLook Look(Brand brand) => new(
        brand.BrandingTitle.Length == 0 ? BrandLook.Hearthkey.Title : brand.BrandingTitle,
        brand.BrandingLogo.Length == 0 ? null : brand.BrandingLogo,
        brand.BrandingFavicon.Length == 0 ? null : brand.BrandingFavicon);

    private static async ValueTask AddDefaultAsync(IServiceProvider services, Db db)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.ExecAsync(
            $"""
            insert into brand (brand_uuid, domain, is_default, title, logo, favicon, flow_authentication, flow_invalidation, attributes)
            values ({Guid.CreateVersion7(now)}, {Brands.DefaultDomain}, {true}, {"Hearthkey"}, {""}, {""}, {(Guid?)null}, {(Guid?)null}, {new Json("{}")}) on conflict do nothing
            """);
    }
}
