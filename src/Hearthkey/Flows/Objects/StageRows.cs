using Hearthkey.Storage;

namespace Hearthkey.Flows.Objects;

/// <summary>Reads stages of all kinds from the table <c>stage</c>.</summary>
internal static class StageRows
{
    public static async ValueTask<Dictionary<Guid, StageSummary>> ByPkAsync(Db db, IEnumerable<StageKind> kinds, IReadOnlyCollection<string> pks)
    {
        var flows = await FlowRows.ByStageAsync(db);
        var rows = await db.ListAsync(
            $"select stage_uuid, name, model, config from stage where stage_uuid in {pks}", r => Read(kinds, r.Guid(), r.Text(), r.Text(), r.Json()));
        return rows.ToDictionary(s => s.Pk, s => StageSummary.Of(s, [.. flows[s.Pk]]));
    }

    public static StageRecord Read(IEnumerable<StageKind> kinds, Guid pk, string name, string model, string config) =>
        kinds.FirstOrDefault(k => k.Model == model)?.Read(pk, name, config) ?? new UnknownStage { Pk = pk, Name = name };
}
