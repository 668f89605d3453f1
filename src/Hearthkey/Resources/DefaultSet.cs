using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>
/// What an area brings along at the first start: flows with their stages, groups, mappings. Applied at each start as far as it is newer than
/// what was applied before, in the order of the areas, never overwriting an edit and never bringing back what somebody deleted.
/// </summary>
/// <param name="Name">Names the set in the database, such as <c>flows</c>.</param>
/// <param name="Version">Counts up with every addition.</param>
/// <param name="ApplyAsync">Adds what is missing since the given version (0 = nothing yet), inside one unit of work.</param>
public sealed record DefaultSet(string Name, int Version, Func<IServiceProvider, Db, int, ValueTask> ApplyAsync)
{
    /// <summary>Applies those that are due.</summary>
    public static async ValueTask ApplyAllAsync(IServiceProvider services, Db db)
    {
        foreach (var set in services.GetServices<DefaultSet>())
        {
            var name = "default-set/" + set.Name;
            var stored = await db.OneAsync($"select value from singleton where name = {name}", r => r.Json());
            var from = stored is null ? 0 : global::System.Text.Json.Nodes.JsonNode.Parse(stored)!["version"]!.GetValue<int>();
            if (from >= set.Version) continue;
            await set.ApplyAsync(services, db, from);
            var value = new Json($$"""{"version":{{set.Version}}}""");
            await db.ExecAsync($"insert into singleton (name, value) values ({name}, {value}) on conflict (name) do update set value = excluded.value");
        }
    }
}
