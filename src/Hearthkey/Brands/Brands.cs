using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Brands;

/// <summary>Brands as a resource.</summary>
public sealed class Brands(ResourceContext context) : Resource<Brand>(context)
{
    /// <summary>The one that comes along, as authentik's.</summary>
    public const string DefaultDomain = "authentik-default";

    public const string Kind = "authentik_brands.brand";

    /// <summary>The model of the flows that a brand names, which the area of flows has below.</summary>
    public const string FlowKind = "authentik_flows.flow";

    internal static readonly SqlText Columns =
        SqlText.Constant("brand_uuid, domain, is_default, title, logo, favicon, flow_authentication, flow_invalidation, attributes");

    private static readonly string[] _unbuiltFlows =
        ["flow_user_switch", "flow_recovery", "flow_unenrollment", "flow_user_settings", "flow_device_code", "flow_lockdown", "flow_request"];

    public override string Model => Kind;

    public override string Path => "core/brands";

    public override string KeyName => "brand_uuid";

    public override string VerboseName => "brand";

    public override JsonTypeInfo<Brand> Json => BrandsJson.Default.Brand;

    protected override string UniqueField => "domain";

    protected override Table<Brand> Table { get; } = new(
        SqlText.Constant("brand"), Columns,
        b => $"{b.BrandUuid}, {b.Domain}, {b.Default}, {b.BrandingTitle}, {b.BrandingLogo}, {b.BrandingFavicon}, {b.FlowAuthentication}, {b.FlowInvalidation}, {new Json(b.Attributes.GetRawText())}",
        Read);

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("domain"), new("default", SqlText.Constant("is_default")), new("branding_title", SqlText.Constant("title")),
    ];

    // fields that are not built stand at nothing
    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        .. _unbuiltFlows.Select(flow => Filter.Uuid(flow, _ => $"1 = 0")),
        Filter.Uuid("web_certificate", _ => $"1 = 0"),
        Filter.Uuid("client_certificates", _ => $"1 = 0"),
        Filter.Text("branding_default_flow_background", _ => $"1 = 0"),
        Filter.Uuid("brand_uuid", v => $"brand_uuid = {v}"),
        Filter.Text("domain", v => $"domain = {v}"),
        Filter.Flag("default", v => $"is_default = {v}"),
        Filter.Text("branding_title", v => $"title = {v}"),
        Filter.Text("branding_logo", v => $"logo = {v}"),
        Filter.Text("branding_favicon", v => $"favicon = {v}"),
        Filter.Uuid("flow_authentication", v => $"flow_authentication = {v}"),
        Filter.Uuid("flow_invalidation", v => $"flow_invalidation = {v}"),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("domain"), SqlText.Constant("title")];

    protected override Sql Where(string key) => $"brand_uuid = {UuidKey(key)}";

    public override string Key(Brand value) => value.BrandUuid.ToString();

    public override string Name(Brand value) => value.Domain;

    protected override Brand Bind(FieldReader input, Brand? before)
    {
        var now = before ?? new Brand { BrandUuid = Context.NewUuid() };
        foreach (var flow in _unbuiltFlows) input.Unbuilt(flow, "null");
        foreach (var field in (string[])["default_application", "web_certificate"]) input.Unbuilt(field, "null");
        foreach (var field in (string[])["branding_custom_css", "branding_default_flow_background", "branding_map_tiles"]) input.Unbuilt(field, "\"\"");
        input.Unbuilt("client_certificates", "[]");
        input.Unbuilt("attributes", "{}");
        return now with
        {
            Domain = input.Text("domain", now.Domain, required: true, blank: false, max: 253).ToLowerInvariant(),
            Default = input.Flag("default", now.Default),
            BrandingTitle = input.Text("branding_title", now.BrandingTitle, max: 100),
            BrandingLogo = Image(input, "branding_logo", now.BrandingLogo),
            BrandingFavicon = Image(input, "branding_favicon", now.BrandingFavicon),
            FlowAuthentication = input.Reference("flow_authentication", now.FlowAuthentication),
            FlowInvalidation = input.Reference("flow_invalidation", now.FlowInvalidation),
        };
    }

    protected override async ValueTask<Brand> CheckAsync(Db db, Brand value, Brand? before, FieldErrors errors)
    {
        if (value.Default && await db.OneAsync($"select count(*) from brand where is_default and brand_uuid <> {value.BrandUuid}", r => r.Long()) > 0)
            errors.Add("default", "Only a single brand can be set as default.");
        await CheckFlowAsync(db, "flow_authentication", value.FlowAuthentication, "authentication", errors);
        await CheckFlowAsync(db, "flow_invalidation", value.FlowInvalidation, "invalidation", errors);
        return value;
    }

    protected override async ValueTask<string?> WhyNotDeleteAsync(Db db, Brand value) =>
        await db.OneAsync($"select count(*) from brand", r => r.Long()) > 1 ? null : "This is the only brand: the server needs one.";

    internal static Brand Read(Row r) => new()
    {
        BrandUuid = r.Guid(),
        Domain = r.Text(),
        Default = r.Bool(),
        BrandingTitle = r.Text(),
        BrandingLogo = r.Text(),
        BrandingFavicon = r.Text(),
        FlowAuthentication = r.GuidOrNull(),
        FlowInvalidation = r.GuidOrNull(),
        Attributes = global::System.Text.Json.JsonDocument.Parse(r.Json()).RootElement,
    };

    // images come from our own origin: the content security policy admits no other
    private static string Image(FieldReader input, string field, string current)
    {
        var url = input.Text(field, current);
        if (url.Length == 0 || Ui.LocalUrl.IsLocal(url)) return url;
        input.Errors.Add(field, "Give a path on this server, such as /assets/….");
        return current;
    }

    private static async ValueTask CheckFlowAsync(Db db, string field, Guid? flow, string designation, FieldErrors errors)
    {
        if (flow is not { } uuid) return;
        var found = await db.OneAsync($"select designation from flow where flow_uuid = {uuid}", r => r.Text());
        if (found is null) errors.AddMissing(field, uuid);
        else if (found != designation) errors.Add(field, $"Choose a flow for {designation}.");
    }
}
