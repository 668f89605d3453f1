using System.Globalization;
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
        "x.pk, p.name, p.authentication_flow, p.authorization_flow, p.invalidation_flow, x.client_id, x.client_secret, x.cookie_secret, "
        + "x.mode, x.external_host, x.cookie_domain, x.skip_path_regex, x.access_token_validity");

    public static ValueTask<List<ProxyProvider>> AllAsync(Db db, Vault vault) =>
        db.ListAsync($"select {Columns} from {From} order by x.pk", r => Read(r, vault));

    public static async ValueTask InsertAsync(Db db, ProxyProvider p, Vault vault) => await db.ExecAsync(
        $"""
        insert into proxy_provider (pk, client_id, client_secret, cookie_secret, mode, external_host, cookie_domain, skip_path_regex,
        access_token_validity)
        values ({p.Pk}, {p.ClientId}, {vault.Protect(Place(p.Pk, "client_secret"), p.ClientSecret)},
        {vault.Protect(Place(p.Pk, "cookie_secret"), p.CookieSecret)}, {p.Mode}, {p.ExternalHost}, {p.CookieDomain}, {p.SkipPathRegex},
        {p.AccessTokenValidity})
        """);

    public static async ValueTask UpdateAsync(Db db, ProxyProvider p) => await db.ExecAsync(
        $"""
        update proxy_provider set mode = {p.Mode}, external_host = {p.ExternalHost}, cookie_domain = {p.CookieDomain},
        skip_path_regex = {p.SkipPathRegex}, access_token_validity = {p.AccessTokenValidity} where pk = {p.Pk}
        """);

    public static ProxyProvider Read(Row r, Vault vault)
    {
        var pk = r.Long();
        return new()
        {
            Pk = pk,
            Name = r.Text(),
            AuthenticationFlow = r.GuidOrNull(),
            AuthorizationFlow = r.Guid(),
            InvalidationFlow = r.Guid(),
            ClientId = r.Text(),
            ClientSecret = vault.Open(Place(pk, "client_secret"), r.Bytes()),
            CookieSecret = vault.Open(Place(pk, "cookie_secret"), r.Bytes()),
            Mode = r.Text(),
            ExternalHost = r.Text(),
            CookieDomain = r.Text(),
            SkipPathRegex = r.Text(),
            AccessTokenValidity = r.Text(),
        };
    }

    /// <summary>Name of another provider that answers for the same host and port, whatever way they are written; null where there is none.</summary>
    public static async ValueTask<string?> HolderOfHostAsync(Db db, ProxyProvider value)
    {
        var key = HostKey(value.ExternalHost);
        var others = await db.ListAsync($"select p.name, x.external_host from {From} where x.pk <> {value.Pk}", r => (Name: r.Text(), Host: r.Text()));
        return others.Where(o => HostKey(o.Host) == key).Select(o => o.Name).FirstOrDefault();
    }

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

    private static string HostKey(string externalHost) =>
        ForwardedUrl.TryParse(externalHost, out var url) ? url.Key.ToString() : externalHost;

    private static string Place(long pk, string column) => string.Create(CultureInfo.InvariantCulture, $"proxy_provider/{pk}/{column}");
}
