using System.Collections.Frozen;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Part of the snapshot: the rows of all proxy providers with the rules of their hosts, and which of them the embedded outpost serves.</summary>
internal sealed record ProxyTable(IReadOnlyList<ProxyProvider> All, ILookup<long, ProxyHost> Hosts, string OutpostName, FrozenSet<long> Served)
{
    public static async ValueTask<ProxyTable> LoadAsync(IServiceProvider services, Db db)
    {
        var name = await db.OneAsync($"select name from outpost where managed = {OutpostInstances.EmbeddedName}", r => r.Text());
        var served = await db.ListAsync(
            $"""
            select m.provider_pk from outpost_provider m join outpost o on o.outpost_uuid = m.outpost_uuid
            where o.managed = {OutpostInstances.EmbeddedName}
            """,
            r => r.Long());
        var hosts = (await ProxyHostRows.AllAsync(db)).ToLookup(host => host.Provider);
        return new(await ProxyProviderRows.AllAsync(db, services.GetRequiredService<Vault>()), hosts, name ?? "", served.ToFrozenSet());
    }
}
