using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Applications;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.Keys;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>Proxy providers as a managed object.</summary>
public sealed class ProxyProviders(ResourceContext context, Vault vault) : Resource<ProxyProvider>(context)
{
    public const string Kind = "authentik_providers_proxy.proxyprovider";
    public const string Component = "ak-provider-proxy-form";
    public const string OneName = "Proxy Provider";
    public const string ManyName = "Proxy Providers";

    /// <summary>The mode that protects one application.</summary>
    public const string Single = "forward_single";

    /// <summary>The mode that protects every host of a domain.</summary>
    public const string Domain = "forward_domain";

    internal const string Proxying = "proxy";

    public override string Model => Kind;

    public override string Path => "providers/proxy";

    public override string VerboseName => "proxy provider";

    public override JsonTypeInfo<ProxyProvider> Json => ForwardAuthJson.Default.ProxyProvider;

    protected override SqlText From => ProxyProviderRows.From;

    protected override Table<ProxyProvider> Table { get; } = new(
        SqlText.Constant("proxy_provider"),
        ProxyProviderRows.Columns,
        p => throw new InvalidOperationException($"{p} stands in two tables."),
        r => ProxyProviderRows.Read(r, vault));

    protected override IReadOnlyList<Filter> Filters => ProxyProviderFilters.All;

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        new("name", SqlText.Constant("p.name")),
        new("pk", SqlText.Constant("x.pk")),
        new("external_host", SqlText.Constant("x.external_host")),
        new("mode", SqlText.Constant("x.mode")),
    ];

    /// <summary>The cookie domain that a form is pre-filled with at domain level; blank where there is none to suggest.</summary>
    public static string SuggestCookieDomain(string externalHost) =>
        ForwardedUrl.TryParse(externalHost.Trim(), out var url) ? CookieDomains.Parent(url) ?? "" : "";

    /// <summary>Lines of the unauthenticated paths that match in the middle of a path too: worth a warning beside the field.</summary>
    public static IReadOnlyList<string> UnanchoredSkipPaths(string skipPathRegex) => SkipRules.Parse(skipPathRegex).Unanchored;

    protected override Sql? Search(string text) =>
        $"lower(p.name) like {Filter.Contains(text)} escape '\\' or lower(x.external_host) like {Filter.Contains(text)} escape '\\'";

    protected override Sql Where(string key)
    {
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)) return $"x.pk = {pk}";
        return $"1 = 0";
    }

    public override string Key(ProxyProvider value) => value.Pk.ToString(CultureInfo.InvariantCulture);

    public override string Name(ProxyProvider value) => value.Name;

    protected override ProxyProvider Bind(FieldReader input, ProxyProvider? before) => ProxyProviderInput.Bind(input, before);

    protected override async ValueTask<ProxyProvider> LoadAsync(Db db, ProxyProvider row) =>
        row with { PropertyMappings = [.. (await ProviderRows.MappingsAsync(db, [row.Pk]))[row.Pk]] };

    protected override async ValueTask<ProxyProvider> CheckAsync(Db db, ProxyProvider value, ProxyProvider? before, FieldErrors errors)
    {
        await ProviderRows.CheckAsync(db, ProxyProviderInput.Fields(value), errors);
        if (await ProxyProviderRows.HolderOfHostAsync(db, value) is { } holder)
            errors.Add("external_host", $"The provider “{holder}” has this external host already. Edit that one, or choose another host.");
        value = value with { PropertyMappings = [.. value.PropertyMappings.Union(await ProxyProviderRows.NeededMappingsAsync(db))] };
        return before is null && !errors.Any ? value with { Pk = await ProviderRows.NextPkAsync(db) } : value;
    }

    protected override async ValueTask InsertAsync(Db db, ProxyProvider value)
    {
        await ProviderRows.InsertAsync(db, ProxyProviderInput.Fields(value));
        await ProxyProviderRows.InsertAsync(db, value, vault);
    }

    protected override async ValueTask UpdateAsync(Db db, string key, ProxyProvider value)
    {
        await ProviderRows.UpdateAsync(db, ProxyProviderInput.Fields(value));
        await ProxyProviderRows.UpdateAsync(db, value);
    }

    protected override ValueTask DeleteAsync(Db db, string key, ProxyProvider value) => ProviderRows.DeleteAsync(db, value.Pk);

    protected override async ValueTask<IReadOnlyList<ProxyProvider>> CompleteAsync(
        Db db, IReadOnlyList<ProxyProvider> rows, ListRequest request, Caller? caller)
    {
        var pks = rows.Select(p => p.Pk).ToList();
        var mappings = await ProviderRows.MappingsAsync(db, pks);
        var assigned = await ProviderRows.AssignedAsync(db, pks);
        var outposts = await ProxyProviderRows.OutpostsAsync(db, pks);
        return [.. rows.Select(p => p with
        {
            PropertyMappings = [.. mappings[p.Pk]],
            AssignedApplicationSlug = assigned.GetValueOrDefault(p.Pk)?.Slug,
            AssignedApplicationName = assigned.GetValueOrDefault(p.Pk)?.Name,
            RedirectUris = [.. ProxyClients.RedirectUris(p.ExternalHost).Select(url => new RedirectUriEntry("strict", url))],
            OutpostSet = [.. outposts[p.Pk]],
        })];
    }
}
