using System.Globalization;
using Hearthkey.Applications;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>The SQL of the table <c>proxy_provider</c>.</summary>
internal static class ProxyProviderRows
{
    public static readonly SqlText From = SqlText.Constant("proxy_provider x join provider p on p.pk = x.pk");

    public static readonly SqlText Columns = SqlText.Constant(
        ProviderRows.Columns + ", x.client_id, x.client_secret, x.cookie_secret, "
        + "x.mode, x.external_host, x.cookie_domain, x.internal_host, x.internal_host_ssl, x.skip_path_regex, x.access_token_validity, x.skip_self_probe" + HeaderRows.Columns);

    public static ValueTask<List<ProxyProvider>> AllAsync(Db db, Vault vault) =>
        db.ListAsync($"select {Columns} from {From} order by x.pk", r => Read(r, vault));

    public static async ValueTask InsertAsync(Db db, ProxyProvider p, Vault vault) => await db.ExecAsync(
        $"""
        insert into proxy_provider (pk, client_id, client_secret, cookie_secret, mode, external_host, host_key, cookie_domain,
        internal_host, internal_host_ssl, skip_path_regex, access_token_validity, skip_self_probe)
        values ({p.Pk}, {p.ClientId}, {vault.Protect(Place(p.Pk, "client_secret"), p.ClientSecret)},
        {vault.Protect(Place(p.Pk, "cookie_secret"), p.CookieSecret)}, {p.Mode}, {p.ExternalHost}, {HostKey(p)}, {p.CookieDomain},
        {p.InternalHost ?? ""}, {p.InternalHostSslValidation}, {p.SkipPathRegex}, {p.AccessTokenValidity}, {p.SkipSelfProbe})
        """);

    public static async ValueTask UpdateAsync(Db db, ProxyProvider p) => await db.ExecAsync(
        $"""
        update proxy_provider set mode = {p.Mode}, external_host = {p.ExternalHost}, host_key = {HostKey(p)},
        cookie_domain = {p.CookieDomain}, internal_host = {p.InternalHost ?? ""}, internal_host_ssl = {p.InternalHostSslValidation},
        skip_path_regex = {p.SkipPathRegex}, access_token_validity = {p.AccessTokenValidity}, skip_self_probe = {p.SkipSelfProbe}
        where pk = {p.Pk}
        """);

    public static ProxyProvider Read(Row r, Vault vault)
    {
        var shared = ProviderRows.Read<ProxyProvider>(r);
        return HeaderRows.Read(r, shared with
        {
            ClientId = r.Text(),
            ClientSecret = vault.Open(Place(shared.Pk, "client_secret"), r.Bytes()),
            CookieSecret = vault.Open(Place(shared.Pk, "cookie_secret"), r.Bytes()),
            Mode = r.Text(),
            ExternalHost = r.Text(),
            CookieDomain = r.Text(),
            InternalHost = r.Text() is { Length: > 0 } host ? host : null,
            InternalHostSslValidation = r.Bool(),
            SkipPathRegex = r.Text(),
            AccessTokenValidity = r.Text(),
            SkipSelfProbe = r.Bool(),
        });
    }

    /// <summary>Name of another provider that answers for the same host and port, whatever way they are written; null where there is none.</summary>
    public static ValueTask<string?> HolderOfHostAsync(Db db, ProxyProvider value) =>
        db.OneAsync($"select p.name from {From} where x.host_key = {HostKey(value)} and x.pk <> {value.Pk}", r => r.Text());

    public static ValueTask<List<Guid>> NeededMappingsAsync(Db db) =>
        db.ListAsync($"select pm_uuid from scope_mapping where managed in {ManagedMappings.ForProxy} order by pm_uuid", r => r.Guid());

    /// <summary>Names of the outposts that serve these providers.</summary>
    public static async ValueTask<ILookup<long, string>> OutpostsAsync(Db db, IReadOnlyCollection<long> pks) =>
        (await db.ListAsync(
            $"""
            select m.provider_pk, o.name from outpost o join outpost_provider m on m.outpost_uuid = o.outpost_uuid
            where m.provider_pk in {pks} order by o.name
            """,
            r => (Pk: r.Long(), Name: r.Text()))).ToLookup(r => r.Pk, r => r.Name);

    // host and port the one way in which checks find them
    private static string HostKey(ProxyProvider value) =>
        ForwardedUrl.TryParse(value.ExternalHost, out var url) ? url.Key.ToString() : value.ExternalHost;

    private static string Place(long pk, string column) => string.Create(CultureInfo.InvariantCulture, $"proxy_provider/{pk}/{column}");
}
