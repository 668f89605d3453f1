using System.Collections.Frozen;
using Hearthkey.Flows.Objects;
using Hearthkey.Storage;

namespace Hearthkey.Flows;

/// <summary>All flows, part of the snapshot.</summary>
public sealed class FlowsPart
{
    private readonly FrozenDictionary<string, PlannedFlow> _bySlug;
    private readonly FrozenDictionary<Guid, PlannedFlow> _byPk;
    private readonly FrozenDictionary<Guid, StageRecord> _stages;

    internal FlowsPart(IEnumerable<PlannedFlow> flows, IEnumerable<StageRecord> stages)
    {
        _bySlug = flows.ToFrozenDictionary(f => f.Flow.Slug, StringComparer.Ordinal);
        _byPk = _bySlug.Values.ToFrozenDictionary(f => f.Flow.Pk);
        _stages = stages.ToFrozenDictionary(s => s.Pk);
    }

    public IEnumerable<PlannedFlow> All => _bySlug.Values;

    public PlannedFlow? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    public PlannedFlow? Find(Guid pk) => _byPk.GetValueOrDefault(pk);

    /// <summary>A stage by its key, whether bound or used by another stage.</summary>
    public StageRecord? Stage(Guid pk) => _stages.GetValueOrDefault(pk);

    /// <summary>The first flow of a designation by slug, where a brand names none.</summary>
    public PlannedFlow? First(string designation) =>
        All.Where(f => f.Flow.Designation == designation).MinBy(f => f.Flow.Slug, StringComparer.Ordinal);

    internal static async ValueTask<FlowsPart> LoadAsync(IServiceProvider services, Db db)
    {
        var kinds = services.GetServices<StageKind>().ToDictionary(k => k.Model);
        var flows = await db.ListAsync($"select {FlowRows.Columns} from flow", FlowRows.Read);
        var bindings = await db.ListAsync($"select {BindingRows.Columns} from flow_stage_binding order by position, fsb_uuid", BindingRows.Read);
        var rows = await db.ListAsync($"select stage_uuid, name, model, config from stage", r => (Pk: r.Guid(), Name: r.Text(), Model: r.Text(), Config: r.Json()));
        // a kind of a newer release, after a downgrade: its stage blocks the flow instead of being left out
        var stages = rows.ToDictionary(r => r.Pk, r => kinds.TryGetValue(r.Model, out var kind)
            ? (Kind: kind, Record: kind.Read(r.Pk, r.Name, r.Config))
            : (Kind: new UnknownKind(), Record: (StageRecord)new UnknownStage { Pk = r.Pk, Name = r.Name }));
        var places = bindings.ToLookup(b => b.Target, b => new PlannedStage(b, stages[b.Stage].Record, stages[b.Stage].Kind));
        return new(flows.Select(f => new PlannedFlow(f, [.. places[f.Pk]])), stages.Values.Select(s => s.Record));
    }
}
