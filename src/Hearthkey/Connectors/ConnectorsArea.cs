using Hearthkey.Audit;
using Hearthkey.Connectors.Docker;
using Hearthkey.Connectors.Making;
using Hearthkey.Connectors.Npm;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Connectors;

/// <summary>
/// Other systems that know what runs in the house: Nginx Proxy Manager, whose proxy hosts are protected from here, and Docker, whose containers
/// are found. What they protect is made of ordinary providers and applications.
/// </summary>
public static class ConnectorsArea
{
    /// <summary>Own choice: soon after a container was started, and nothing that anybody notices.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(10);

    public static void AddConnectors(this IServiceCollection services)
    {
        services.AddSingleton<AppMaker>();
        services.AddSingleton<NpmApi>();
        services.AddSingleton<NpmProtection>();
        services.AddSingleton(s => new NpmConnections(
            s.GetRequiredService<NpmApi>(), s.GetRequiredService<NpmProtection>(), s.GetRequiredService<IStore>(), s.GetRequiredService<Vault>(),
            s.GetRequiredService<AuditLog>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DockerApi>();
        services.AddSingleton(s => new DockerApps(
            s.GetRequiredService<DockerApi>(), s.GetRequiredService<AppMaker>(), s.GetRequiredService<ProtectedHosts>(), s.GetRequiredService<Snapshots>(),
            s.GetRequiredService<IStore>()));
        services.AddSingleton<DockerFollower>();
        services.AddSingleton(s => new Periodic("follow the labels of containers", _lookEvery, s.GetRequiredService<DockerFollower>().RunAsync));
    }
}
