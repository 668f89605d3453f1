using System.Text.Json.Serialization.Metadata;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>Applications as a managed object. People who are no admins see those that they may open.</summary>
public sealed class ApplicationResource(
    ResourceContext context, Snapshots snapshots, Providers providers, LaunchUrls launchUrls, ApplicationList visible)
    : Resource<Application>(context)
{
    public const string Kind = "authentik_core.application";

    private static readonly SqlText _columns = SqlText.Constant(
        "app_uuid, pbm_uuid, name, slug, provider_pk, open_in_new_tab, meta_launch_url, meta_icon, meta_description, "
        + "meta_publisher, meta_hide, policy_engine_mode, app_group");

    public override string Model => Kind;

    public override string Path => "core/applications";

    public override string KeyName => "slug";

    public override string VerboseName => "application";

    public override bool IsOpenToPeople => true;

    public override JsonTypeInfo<Application> Json => ApplicationsJson.Default.Application;

    protected override string UniqueField => "slug";

    protected override Table<Application> Table { get; } = new(
        SqlText.Constant("application"),
        _columns,
        a => $"""
            {a.Pk}, {a.PbmUuid}, {a.Name}, {a.Slug}, {a.Provider}, {a.OpenInNewTab}, {a.MetaLaunchUrl ?? ""}, {a.MetaIcon}, {a.MetaDescription},
            {a.MetaPublisher}, {a.MetaHide}, {a.PolicyEngineMode}, {a.Group}
            """,
        Read);

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name", text => $"name = {text}"),
        Filter.Text("slug", text => $"slug = {text}"),
        Filter.Text("meta_launch_url", text => $"meta_launch_url = {text}"),
        Filter.Text("meta_description", text => $"meta_description = {text}"),
        Filter.Text("meta_publisher", text => $"meta_publisher = {text}"),
        Filter.Text("group", text => $"app_group = {text}"),
    ];

    protected override IReadOnlyList<string> Switches { get; } = ["for_user", "only_with_launch_url", "superuser_full_list"];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("name"),
        Ordering.By("slug"),
        new("group", SqlText.Constant("app_group")),
        new("provider", SqlText.Constant("coalesce(provider_pk, 0)")),
        Ordering.By("meta_publisher"),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } =
    [
        SqlText.Constant("name"), SqlText.Constant("slug"), SqlText.Constant("meta_description"), SqlText.Constant("meta_publisher"), SqlText.Constant("app_group"),
    ];

    protected override Sql Where(string key) => $"slug = {key}";

    public override string Key(Application value) => value.Slug;

    public override string Name(Application value) => value.Name;

    protected override string ReferenceKey(Application value) => value.PbmUuid.ToString();

    protected override ValueTask<Sql?> VisibleToAsync(Caller caller, ListRequest? list, CancellationToken ct) => visible.ConditionAsync(caller, list, ct);

    internal static ValueTask<List<Application>> AllAsync(Db db) => db.ListAsync(
        $"select {_columns} from application order by name", Read);

    protected override Application Bind(FieldReader input, Application? before)
    {
        var now = before ?? new() { Pk = Context.NewUuid(), PbmUuid = Context.NewUuid() };
        input.Unbuilt("backchannel_providers", "[]");
        var value = now with
        {
            Name = input.Text("name", now.Name, required: true, blank: false),
            Slug = input.Text("slug", now.Slug, required: true, blank: false),
            Provider = input.NumberReference("provider", now.Provider),
            OpenInNewTab = input.Flag("open_in_new_tab", now.OpenInNewTab),
            MetaLaunchUrl = Blank.ToNull(input.Text("meta_launch_url", now.MetaLaunchUrl ?? "").Trim()),
            MetaIcon = input.Text("meta_icon", now.MetaIcon).Trim(),
            MetaDescription = input.Text("meta_description", now.MetaDescription),
            MetaPublisher = input.Text("meta_publisher", now.MetaPublisher),
            PolicyEngineMode = input.Choice("policy_engine_mode", now.PolicyEngineMode, [Bindings.AnyMode, Bindings.AllMode]),
            Group = input.Text("group", now.Group),
            MetaHide = input.Flag("meta_hide", now.MetaHide),
        };
        if (value.Slug.Length > 0 && ApplicationRules.SlugProblem(value.Slug) is { } slug) input.Errors.Add("slug", slug);
        if (LaunchUrls.ProblemOf(value.MetaLaunchUrl) is { } url) input.Errors.Add("meta_launch_url", url);
        if (ApplicationRules.IconProblem(value.MetaIcon) is { } icon) input.Errors.Add("meta_icon", icon);
        return value;
    }

    protected override async ValueTask<Application> CheckAsync(Db db, Application value, Application? before, FieldErrors errors)
    {
        if (value.Provider is not { } pk) return value;
        if ((await providers.FindAsync(db, [pk])).Count == 0) errors.AddMissing("provider", pk);
        var holder = await db.OneAsync($"select name from application where provider_pk = {pk} and app_uuid <> {value.Pk}", r => r.Text());
        if (holder is not null) errors.Add("provider", $"This provider belongs to the application “{holder}” already. Choose another one.");
        return value;
    }

    protected override async ValueTask DeleteAsync(Db db, string key, Application value)
    {
        await PolicyBindings.RemoveAsync(db, value.PbmUuid);
        await base.DeleteAsync(db, key, value);
    }

    protected override async ValueTask<IReadOnlyList<Application>> CompleteAsync(Db db, IReadOnlyList<Application> rows, ListRequest request, Caller? caller)
    {
        var found = await providers.FindAsync(db, [.. rows.Select(a => a.Provider).OfType<long>()]);
        var snapshot = snapshots.Current;
        return [.. rows.Select(a => a with
        {
            ProviderObj = a.Provider is { } pk ? found.GetValueOrDefault(pk) : null,
            LaunchUrl = launchUrls.Of(snapshot, a, null),
            MetaIconUrl = a.MetaIcon.Length > 0 ? a.MetaIcon : null,
        })];
    }

    private static Application Read(Row r) => new()
    {
        Pk = r.Guid(),
        PbmUuid = r.Guid(),
        Name = r.Text(),
        Slug = r.Text(),
        Provider = r.LongOrNull(),
        OpenInNewTab = r.Bool(),
        MetaLaunchUrl = Blank.ToNull(r.Text()),
        MetaIcon = r.Text(),
        MetaDescription = r.Text(),
        MetaPublisher = r.Text(),
        MetaHide = r.Bool(),
        PolicyEngineMode = r.Text(),
        Group = r.Text(),
    };
}
