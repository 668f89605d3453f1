using System.Text.Json.Serialization.Metadata;
using Hearthkey.Applications;
using Hearthkey.ForwardAuth.Live;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>Proxy providers as a managed object.</summary>
public sealed class ProxyProviders(ResourceContext context, Vault vault, Origins origins) : ProviderResource<ProxyProvider>(context, Described)
{
    public const string Kind = "authentik_providers_proxy.proxyprovider";

    /// <summary>The mode that protects one application.</summary>
    public const string Single = "forward_single";

    /// <summary>The mode that protects every host of a domain.</summary>
    public const string Domain = "forward_domain";

    /// <summary>The mode in which this server hands requests on itself; the API's default.</summary>
    public const string Proxying = "proxy";

    internal static readonly ProviderKind Described = new(
        Kind, "ak-provider-proxy-form", "Proxy Provider", "Proxy Providers",
        "For apps that know no single sign-on: nobody gets through to them without signing in.",
        (snapshot, pk) => snapshot.Get<ForwardAuthPart>().Find(pk)?.Row.ExternalHost)
    {
        RemoveAsync = ProxyHostRows.RemoveBindingsAsync,
    };

    public override string Path => "providers/proxy";

    public override string VerboseName => "proxy provider";

    public override JsonTypeInfo<ProxyProvider> Json => ForwardAuthJson.Default.ProxyProvider;

    // no other field but the name, which is checked before, must be unique
    protected override string UniqueField => "external_host";

    protected override SqlText From => ProxyProviderRows.From;

    protected override Table<ProxyProvider> Table { get; } = new(
        SqlText.Constant("proxy_provider"),
        ProxyProviderRows.Columns,
        p => throw new InvalidOperationException($"{p} stands in two tables."),
        r => ProxyProviderRows.Read(r, vault));

    protected override IReadOnlyList<Filter> Filters => ProxyProviderFilters.All;

    protected override IReadOnlyList<Ordering> Orderings { get; } =
        [Ordering.By("name"), new("pk", SqlText.Constant("p.pk")), Ordering.By("external_host"), Ordering.By("mode")];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("p.name"), SqlText.Constant("x.external_host")];

    /// <summary>The cookie domain that a form is pre-filled with at domain level; blank where there is none to suggest.</summary>
    public static string SuggestCookieDomain(string externalHost) =>
        ForwardedUrl.TryParse(externalHost.Trim(), out var url) ? CookieDomains.Parent(url) ?? "" : "";

    /// <summary>Lines of the unauthenticated paths that match in the middle of a path too: worth a warning beside the field.</summary>
    public static IReadOnlyList<string> UnanchoredSkipPaths(string skipPathRegex) => SkipRules.Parse(skipPathRegex).Unanchored;

    // the redirect URI is made of the external host, what may be returned to of the cookie domain (DESIGN 6.9), and the internal host is who gets to see everything
    protected override bool NeedsStepUp(ProxyProvider? before, ProxyProvider? after) => after is not null
        && (after.ExternalHost != before?.ExternalHost || after.CookieDomain != before.CookieDomain || after.InternalHost != before.InternalHost || after.Mode != before.Mode);

    protected override ProxyProvider New() => ProxyProviderInput.New();

    protected override ProxyProvider BindOwn(FieldReader input, ProxyProvider value, ProxyProvider now) => ProxyProviderInput.Bind(input, value, now);

    protected override async ValueTask<ProxyProvider> CheckOwnAsync(Db db, ProxyProvider value, ProxyProvider? before, FieldErrors errors)
    {
        if (await ProxyProviderRows.HolderOfHostAsync(db, value) is { } holder)
            errors.Add("external_host", $"The provider “{holder}” has this external host already. Edit that one, or choose another host.");
        if (value.Mode == Proxying && ForwardedUrl.TryParse(value.ExternalHost, out var url) && origins.Find(url.Key.ToString()) is not null)
            errors.Add("external_host", "This is the address of the login itself: in proxy mode nobody could sign in any more. Choose a host of its own for the application.");
        return value with { PropertyMappings = [.. value.PropertyMappings.Union(await ProxyProviderRows.NeededMappingsAsync(db))] };
    }

    protected override async ValueTask InsertOwnAsync(Db db, ProxyProvider value)
    {
        await ProxyProviderRows.InsertAsync(db, value, vault);
        await HeaderRows.WriteAsync(db, value);
    }

    protected override async ValueTask UpdateOwnAsync(Db db, ProxyProvider value)
    {
        await ProxyProviderRows.UpdateAsync(db, value);
        await HeaderRows.WriteAsync(db, value);
    }

    protected override async ValueTask<IReadOnlyList<ProxyProvider>> CompleteOwnAsync(Db db, IReadOnlyList<ProxyProvider> rows, Caller? caller)
    {
        var outposts = await ProxyProviderRows.OutpostsAsync(db, [.. rows.Select(p => p.Pk)]);
        return [.. rows.Select(p => p with
        {
            RedirectUris = [.. ProxyClients.RedirectUris(p.ExternalHost).Select(url => new RedirectUriEntry("strict", url))],
            OutpostSet = [.. outposts[p.Pk]],
        })];
    }
}
