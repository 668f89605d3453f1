using System.Collections.Frozen;
using System.Globalization;
using Hearthkey.Applications;
using Hearthkey.Mappings;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>Part of the snapshot: every provider that is an OAuth client, of all kinds.</summary>
public sealed class ProvidersPart
{
    private readonly FrozenDictionary<string, RegisteredClient> _byClientId;
    private readonly FrozenDictionary<long, RegisteredClient> _byPk;
    private readonly FrozenDictionary<string, RegisteredClient> _bySlug;

    private ProvidersPart(IReadOnlyList<RegisteredClient> all)
    {
        _byClientId = all.ToFrozenDictionary(c => c.ClientId, StringComparer.Ordinal);
        _byPk = all.ToFrozenDictionary(c => c.Fields.Pk);
        _bySlug = all.Where(c => c.Application is not null).ToFrozenDictionary(c => c.Application!.Slug, StringComparer.Ordinal);
    }

    public RegisteredClient? Find(string clientId) => _byClientId.GetValueOrDefault(clientId);

    public RegisteredClient? Find(long pk) => _byPk.GetValueOrDefault(pk);

    /// <summary>The client of the application with this slug.</summary>
    public RegisteredClient? BySlug(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>What events about a provider are found by.</summary>
    public static string Subject(long pk) => string.Create(CultureInfo.InvariantCulture, $"provider/{pk}");

    internal static async ValueTask<ProvidersPart> LoadAsync(IServiceProvider services, Db db, Snapshot snapshot)
    {
        var applications = snapshot.Get<ApplicationsPart>();
        var mappings = snapshot.Get<ScopeMappingsPart>();
        var clients = new List<RegisteredClient>();
        foreach (var source in services.GetServices<ClientSource>())
            foreach (var provider in await source.LoadAsync(services, db, snapshot))
                clients.Add(new(provider, applications.ByProvider(provider.Fields.Pk), mappings.Of(provider.Fields.PropertyMappings)));
        return new(clients);
    }
}
