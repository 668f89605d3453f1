using System.Text.Json.Serialization.Metadata;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.Hosting;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>Hosts with rules of their own, as a managed object. Who may open one is said by bindings to it, beside those of the application: both must let in.</summary>
public sealed class ProxyHosts(ResourceContext context, Origins origins) : Resource<ProxyHost>(context)
{
    public const string Kind = "authentik_providers_proxy.proxyhost";

    public override string Model => Kind;

    public override string Path => "providers/proxy_hosts";

    public override string KeyName => "host_uuid";

    public override string VerboseName => "protected host";

    public override JsonTypeInfo<ProxyHost> Json => ForwardAuthJson.Default.ProxyHost;

    protected override string UniqueField => "host";

    protected override Table<ProxyHost> Table => ProxyHostRows.Table;

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Number("provider", pk => $"provider_pk = {pk}"),
        Filter.Text("host", text => $"host = {text.ToLowerInvariant()}"),
        Filter.Flag("open", on => $"is_open = {on}"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("host"),
        new("provider", SqlText.Constant("provider_pk")),
        new("open", SqlText.Constant("is_open")),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("host")];

    protected override Sql Where(string key) => $"host_uuid = {UuidKey(key)}";

    public override string Key(ProxyHost value) => value.Pk.ToString();

    public override string Name(ProxyHost value) => value.Host;

    protected override ProxyHost Bind(FieldReader input, ProxyHost? before)
    {
        var now = before ?? new() { Pk = Context.NewUuid() };
        var value = now with
        {
            Provider = input.Number("provider", now.Provider, required: true),
            Host = input.Text("host", now.Host, required: true, blank: false, max: 300),
            Open = input.Flag("open", now.Open),
            SkipPathRegex = input.Text("skip_path_regex", now.SkipPathRegex, max: 20_000),
            PolicyEngineMode = input.Choice("policy_engine_mode", now.PolicyEngineMode, [Bindings.AnyMode, Bindings.AllMode]),
        };
        ProxyProviderInput.CheckSkipPaths(value.SkipPathRegex, input.Errors);
        if (input.Errors.For("host") is not null || value.Host.Length == 0) return value;
        if (HostNames.Canonical(value.Host) is { } host) return value with { Host = host };
        input.Errors.Add("host", "Enter the name of a host, such as photos.example.com, without scheme, port and path. *.media.example.com stands for all hosts below media.example.com.");
        return value;
    }

    protected override async ValueTask<ProxyHost> CheckAsync(Db db, ProxyHost value, ProxyHost? before, FieldErrors errors)
    {
        if (await ProxyHostRows.FindProviderAsync(db, value.Provider) is not { } provider)
        {
            errors.AddMissing("provider", value.Provider);
            return value;
        }
        var domain = CookieDomains.InForce(provider);
        if (provider.Mode != ProxyProviders.Domain)
            errors.Add("provider", $"“{provider.Name}” does not protect a whole domain: say in its application who may open it, or choose a provider at domain level.");
        else if (!HostNames.IsWithin(value.Host, domain))
            errors.Add("host", $"“{provider.Name}” does not protect this host: choose one in {domain.TrimStart('.')}.");
        else if (origins.All.Any(origin => HostNames.IsOf(value.Host, origin)))
            errors.Add("host", "This is the address of the login itself, which everybody must reach: it can have no rules.");
        else if (await ProxyHostRows.HolderAsync(db, value) is { } holder)
            errors.Add("host", holder == provider.Name
                ? "This host has rules already: edit those."
                : $"This host belongs to the provider “{holder}” alone: say in its application who may open it.");
        return value;
    }

    protected override async ValueTask DeleteAsync(Db db, string key, ProxyHost value)
    {
        await PolicyBindings.RemoveAsync(db, value.Pk);
        await base.DeleteAsync(db, key, value);
    }
}
