using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>What lists of proxy providers may be narrowed by. Fields that always stand at one value are compared with that.</summary>
internal static class ProxyProviderFilters
{
    public static IReadOnlyList<Filter> All { get; } =
    [
        Filter.Flag("application__isnull", isNull => isNull
            ? $"x.pk not in (select provider_pk from application where provider_pk is not null)"
            : (Sql)$"x.pk in (select provider_pk from application where provider_pk is not null)"),
        Filter.Text("authorization_flow__slug__iexact", text =>
            $"p.authorization_flow in (select flow_uuid from flow where lower(slug) = {text.ToLowerInvariant()})"),
        Filter.Text("name__iexact", text => $"lower(p.name) = {text.ToLowerInvariant()}"),
        Filter.Text("external_host__iexact", text => $"lower(x.external_host) = {text.ToLowerInvariant()}"),
        Filter.Text("cookie_domain__iexact", text => $"lower(x.cookie_domain) = {text.ToLowerInvariant()}"),
        Filter.Text("skip_path_regex__iexact", text => $"lower(x.skip_path_regex) = {text.ToLowerInvariant()}"),
        Filter.Text("mode__iexact", text => $"x.mode = {text.ToLowerInvariant()}"),
        Filter.Uuid("property_mappings__iexact", id => $"x.pk in (select provider_pk from provider_mapping where pm_uuid = {id})"),
        Filter.Flag("internal_host_ssl_validation__iexact", on => $"x.internal_host_ssl = {on}"),
        Filter.Flag("basic_auth_enabled__iexact", on => $"x.basic_auth_enabled = {on}"),
        Filter.Text("basic_auth_password_attribute__iexact", text => $"lower(x.basic_auth_password) = {text.ToLowerInvariant()}"),
        Filter.Text("basic_auth_user_attribute__iexact", text => $"lower(x.basic_auth_user) = {text.ToLowerInvariant()}"),
        Filter.Text("internal_host__iexact", text => $"lower(x.internal_host) = {text.ToLowerInvariant()}"),
        Filter.Text("certificate__kp_uuid__iexact", _ => Fixed(false)),
        Filter.Text("certificate__name__iexact", _ => Fixed(false)),
    ];

    private static Sql Fixed(bool matches) => matches ? $"1 = 1" : (Sql)$"1 = 0";
}
