using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>The SQL of the table <c>flow</c>.</summary>
internal static class FlowRows
{
    public static readonly SqlText Columns = SqlText.Constant(
        "flow_uuid, pbm_uuid, name, slug, title, designation, authentication, background, compatibility_mode, layout, denied_action, policy_engine_mode");

    public static Sql Values(Flow f) =>
        $"""
            {f.Pk}, {f.PolicybindingmodelPtrId}, {f.Name}, {f.Slug}, {f.Title}, {f.Designation}, {f.Authentication}, {f.Background},
            {f.CompatibilityMode}, {f.Layout}, {f.DeniedAction}, {f.PolicyEngineMode}
            """;

    public static Flow Read(Row r) => new()
    {
        Pk = r.Guid(),
        PolicybindingmodelPtrId = r.Guid(),
        Name = r.Text(),
        Slug = r.Text(),
        Title = r.Text(),
        Designation = r.Text(),
        Authentication = r.Text(),
        Background = r.Text(),
        CompatibilityMode = r.Bool(),
        Layout = r.Text(),
        DeniedAction = r.Text(),
        PolicyEngineMode = r.Text(),
    };

    /// <summary>The flows that each stage is bound to.</summary>
    public static async ValueTask<ILookup<Guid, FlowSet>> ByStageAsync(Db db)
    {
        var flows = (await db.ListAsync($"select {Columns} from flow", Read)).ToDictionary(f => f.Pk);
        var pairs = await db.ListAsync($"select distinct stage, target from flow_stage_binding", r => (Stage: r.Guid(), Flow: r.Guid()));
        return pairs.ToLookup(p => p.Stage, p => flows[p.Flow].Summary);
    }
}
