using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>The SQL of the table <c>proxy_host</c>.</summary>
internal static class ProxyHostRows
{
    public static readonly Table<ProxyHost> Table = new(
        SqlText.Constant("proxy_host"),
        SqlText.Constant("host_uuid, provider_pk, host, is_open, skip_path_regex, policy_engine_mode"),
        h => $"{h.Pk}, {h.Provider}, {h.Host}, {h.Open}, {h.SkipPathRegex}, {h.PolicyEngineMode}",
        r => new()
        {
            Pk = r.Guid(),
            Provider = r.Long(),
            Host = r.Text(),
            Open = r.Bool(),
            SkipPathRegex = r.Text(),
            PolicyEngineMode = r.Text(),
        });

    public static ValueTask<List<ProxyHost>> AllAsync(Db db) => db.ListAsync($"select {Table.Columns} from {Table.Name} order by host", Table.Read);

    /// <summary>What of a provider says which hosts it covers; null where there is none.</summary>
    public static ValueTask<ProxyProvider?> FindProviderAsync(Db db, long pk) => db.OneAsync(
        $"select p.name, x.mode, x.external_host, x.cookie_domain from {ProxyProviderRows.From} where x.pk = {pk}",
        r => new ProxyProvider { Pk = pk, Name = r.Text(), Mode = r.Text(), ExternalHost = r.Text(), CookieDomain = r.Text() });

    /// <summary>Name of the provider that has this host already: by another rule, or because the host is another provider's own; null where there is none.</summary>
    public static ValueTask<string?> HolderAsync(Db db, ProxyHost value) => db.OneAsync(
        $"""
        select p.name from {ProxyProviderRows.From} where (x.host_key = {value.Host} and x.pk <> {value.Provider})
        or exists (select 1 from proxy_host h where h.provider_pk = x.pk and h.provider_pk = {value.Provider} and h.host = {value.Host} and h.host_uuid <> {value.Pk})
        """,
        r => r.Text());

    /// <summary>Removes the bindings of a provider that goes; its hosts go with its row.</summary>
    public static async ValueTask RemoveBindingsAsync(Db db, long provider)
    {
        foreach (var host in await db.ListAsync($"select host_uuid from proxy_host where provider_pk = {provider}", r => r.Guid()))
            await PolicyBindings.RemoveAsync(db, host);
    }
}
