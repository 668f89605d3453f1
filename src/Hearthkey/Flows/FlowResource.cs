using System.Text.Json.Serialization.Metadata;
using Hearthkey.Flows.Objects;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>flows/instances.</summary>
public sealed class FlowResource(ResourceContext context) : Resource<Flow>(context)
{
    public const string ModelName = Brands.Brands.FlowKind;

    private static readonly string[] _designations =
        ["authentication", "authorization", "invalidation", "enrollment", "unenrollment", "recovery", "stage_configuration"];

    public override string Model => ModelName;

    public override string Path => "flows/instances";

    public override string KeyName => "slug";

    public override string VerboseName => "flow";

    public override JsonTypeInfo<Flow> Json => FlowsJson.Default.Flow;

    protected override Table<Flow> Table { get; } = new(SqlText.Constant("flow"), FlowRows.Columns, FlowRows.Values, FlowRows.Read);

    protected override IReadOnlyList<Ordering> Orderings { get; } =
        [Ordering.By("slug"), Ordering.By("name"), Ordering.By("designation")];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name", v => $"name = {v}"),
        Filter.Text("slug", v => $"slug = {v}"),
        Filter.Text("designation", v => $"designation = {v}"),
        Filter.Text("denied_action", v => $"denied_action = {v}"),
        Filter.Uuid("flow_uuid", v => $"flow_uuid = {v}"),
    ];

    protected override string UniqueField => "slug";

    protected override Sql Where(string key) => $"slug = {key}";

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name"), SqlText.Constant("slug"), SqlText.Constant("title")];

    public override string Key(Flow value) => value.Slug;

    public override string Name(Flow value) => value.Name;

    protected override string ReferenceKey(Flow value) => value.Pk.ToString();

    protected override Flow Bind(FieldReader input, Flow? before)
    {
        var old = before ?? new() { Pk = Context.NewUuid(), PolicybindingmodelPtrId = Context.NewUuid() };
        input.Unbuilt("background", "\"\"");
        var slug = input.Text("slug", old.Slug, required: true, blank: false, max: 50);
        if (slug.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            input.Errors.Add("slug", "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.");
        return old with
        {
            Name = input.Text("name", old.Name, required: true, blank: false),
            Slug = slug,
            Title = input.Text("title", old.Title, required: true, blank: false),
            Designation = input.Choice("designation", old.Designation, _designations, required: true),
            Layout = input.Choice("layout", old.Layout, ["stacked"], unbuilt:
                ["content_left", "content_right", "sidebar_left", "sidebar_right", "sidebar_left_frame_background", "sidebar_right_frame_background"]),
            CompatibilityMode = input.Flag("compatibility_mode", old.CompatibilityMode),
            DeniedAction = input.Choice("denied_action", old.DeniedAction, ["message_continue", "message", "continue"]),
            PolicyEngineMode = input.Choice("policy_engine_mode", old.PolicyEngineMode, ["any"], unbuilt: ["all"]),
            Authentication = input.Choice("authentication", old.Authentication, ["none", "require_authenticated", "require_unauthenticated", "require_superuser"],
                unbuilt: ["require_redirect", "require_outpost", "require_token"]),
        };
    }

    protected override async ValueTask<IReadOnlyList<Flow>> CompleteAsync(Db db, IReadOnlyList<Flow> rows, ListRequest request, Caller? caller)
    {
        var pairs = await db.ListAsync($"select target, stage from flow_stage_binding order by position", r => (Flow: r.Guid(), Stage: r.Guid()));
        var stages = pairs.ToLookup(p => p.Flow, p => p.Stage);
        return [.. rows.Select(f => f with { Stages = [.. stages[f.Pk].Distinct()] })];
    }
}
