using Hearthkey.Applications;
using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.ForwardAuth.Embedded;
using Hearthkey.ForwardAuth.Live;
using Hearthkey.ForwardAuth.Pages;
using Hearthkey.ForwardAuth.Probing;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.Hosting;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.ForwardAuth;

/// <summary>
/// Protects applications behind a reverse proxy: proxy providers, the embedded outpost, its sessions and what it finds to be wired badly.
/// The outpost itself is <c>Hearthkey.Outpost</c>.
/// </summary>
public static class ForwardAuthArea
{
    /// <summary>Own choice: rows that are over do no harm, there are only many of them.</summary>
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(5);

    /// <summary>Own choice: how soon after a change its hosts are asked, and what programs did is in the event log.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Whatever decides who passes, or what the headers say.</summary>
    private static readonly string[] _decisive =
    [
        Providers.Kind, ProxyHosts.Kind, OutpostInstances.Kind, ApplicationResource.Kind, PolicyBindings.Kind, ScopeMappings.Kind, UserChanges.Group,
        InstanceSettings.Kind, Brands.Brands.Kind,
    ];

    public static void AddForwardAuth(this IServiceCollection services)
    {
        services.AddResource<ProxyProviders>();
        services.AddResource<ProxyHosts>();
        services.AddResource<OutpostInstances>();
        services.AddProviderKind(ProxyProviders.Described);
        AddOutpostReference(services, ProxyProviders.Kind);
        AddOutpostReference(services, Providers.Kind);
        services.AddBindingTarget(ProxyHosts.Kind, SqlText.Constant("proxy_host"), SqlText.Constant("host_uuid"), SqlText.Constant("host"));
        foreach (var model in (string[])[ProxyProviders.Kind, Providers.Kind])
            services.AddSingleton(new Reference(model, ProxyHosts.Kind, ReferenceAction.Cascade, key =>
                $"select host_uuid, host from proxy_host where cast(provider_pk as text) = {key}"));
        services.AddSingleton(new ClientSource(ProxyClients.LoadAsync));
        services.AddSnapshotPart([Providers.Kind, ProxyHosts.Kind, OutpostInstances.Kind], (s, db, _) => ProxyTable.LoadAsync(s, db));
        services.AddSnapshotPart(_decisive, (_, _, snapshot) => ValueTask.FromResult(ForwardAuthPart.Load(snapshot)));
        services.AddSingleton(new DefaultSet("outposts", 1, (s, db, _) =>
            OutpostInstances.AddEmbeddedAsync(db, s.GetRequiredService<TimeProvider>().GetUtcNow())));
        services.AddSingleton(new UserEnding(ProxySessionStore.EndAsync));
        AddOutpost(services);
    }

    /// <summary>Follows the change feed; after the areas above.</summary>
    public static void StartForwardAuth(this IServiceProvider services)
    {
        var outpost = services.GetRequiredService<ForwardAuthOutpost>();
        FeedFollower.Follow(services.GetRequiredService<ChangeFeed>(), outpost.Sessions, outpost.Headers);
    }

    public static void MapForwardAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapResource(routes.ServiceProvider.GetRequiredService<ProxyProviders>());
        routes.MapResource(routes.ServiceProvider.GetRequiredService<ProxyHosts>());
        routes.MapApi("GET", "outposts/instances/default_settings/", Access.Admin, OutpostEndpoints.DefaultsAsync);
        routes.MapApi("GET", "outposts/instances/{key}/health/", Access.Admin, OutpostEndpoints.HealthAsync)
            .WithMetadata(new AnswerShape(ForwardAuthJson.Default.IReadOnlyListOutpostHealth));
        routes.MapResource(routes.ServiceProvider.GetRequiredService<OutpostInstances>());
    }

    /// <summary>
    /// Answers checks, and requests to applications in proxy mode, before anything else is done for a request: one comes with each request of
    /// every application. The answers are read by a proxy, or are the application's own: they get no headers of ours.
    /// </summary>
    public static void UseForwardAuthChecks(this IApplicationBuilder app)
    {
        ForwardAuthOutpost? outpost = null;
        app.Use((context, next) =>
        {
            outpost ??= app.ApplicationServices.GetRequiredService<ForwardAuthOutpost>();
            return context.Request.Path.Value!.StartsWith(OutpostPaths.Auth, StringComparison.Ordinal)
                ? outpost.InvokeAsync(context, next)
                : outpost.InvokeProxyAsync(context, next);
        });
    }

    /// <summary>Answers the browser's own requests to the outpost, on the hosts of applications and on ours.</summary>
    public static void UseForwardAuth(this IApplicationBuilder app)
    {
        ForwardAuthOutpost? outpost = null;
        app.Use((context, next) =>
        {
            if (OutpostPages.AssetOf(context.Request.Path.Value!) is not { } asset)
                return (outpost ??= app.ApplicationServices.GetRequiredService<ForwardAuthOutpost>()).InvokeAsync(context, next);
            context.Request.Path = asset;
            return next(context);
        });
    }

    private static void AddOutpost(IServiceCollection services)
    {
        services.AddSingleton<ProxySessionStore>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<ProgramLogins>();
        services.AddSingleton(s => new Periodic("tell of programs that log in", _lookEvery, s.GetRequiredService<ProgramLogins>().WriteAsync));
        services.AddSingleton<HeaderLogins>();
        services.AddSingleton<FindingMemory>();
        services.AddSingleton<PastFindings>();
        services.AddSingleton<ReportQueue>();
        services.AddSingleton<InProcessCore>();
        services.AddSingleton<TrustedPeers>();
        services.AddSingleton(s => new Findings(
            s.GetRequiredService<Snapshots>(), s.GetRequiredService<FindingMemory>(), s.GetRequiredService<PastFindings>()));
        services.AddSingleton(NewOutpost);
        services.AddSingleton(s => new MetricSource(text => OutpostMetrics.Write(text, s.GetRequiredService<ForwardAuthOutpost>(), s.GetRequiredService<Snapshots>())));
        services.AddSingleton<ProtectedHosts>();
        services.AddSingleton<SeenHosts>();
        services.AddSingleton<Prober>();
        services.AddSingleton<ProbeRound>();
        services.AddSingleton(s => new SelfProbes(s.GetRequiredService<IStore>(), s.GetRequiredService<ProbeRound>()));
        services.AddSingleton(s => new Periodic("ask protected hosts from outside", _lookEvery, s.GetRequiredService<ProbeRound>().RunAsync));
        services.AddHostedService<ReportWriter>();
        services.AddSingleton(s => new Periodic("sweep forward-auth sessions", _sweepEvery, s.GetRequiredService<ProxySessionStore>().SweepAsync));
    }

    private static ForwardAuthOutpost NewOutpost(IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        return new(
            services.GetRequiredService<InProcessCore>(),
            new OutpostOptions
            {
                RenderPage = OutpostPages.RenderAsync,
                Reference = context => context.Reference(),
                Client = context => Edge.ClientOf(context, settings),
                IsTrustedPeer = services.GetRequiredService<TrustedPeers>().Contains,
                Version = Product.Version,
            },
            services.GetRequiredService<TimeProvider>());
    }

    private static void AddOutpostReference(IServiceCollection services, string model) => services.AddSingleton(new Reference(
        model, OutpostInstances.Kind, ReferenceAction.CascadeMany,
        key => $"""
            select o.outpost_uuid, o.name from outpost o join outpost_provider m on m.outpost_uuid = o.outpost_uuid
            where cast(m.provider_pk as text) = {key}
            """));
}
