using System.Text.Json;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Running;

/// <summary>
/// The table <c>flow_state</c>. A row is found by the hash of an opaque id that the tab carries, together with the browser's forgery cookie: an
/// address that somebody else learns opens nothing.
/// </summary>
internal static class FlowStateRows
{
    /// <summary>Own choice: longer than a phone call about a forgotten password.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Rows from one address at a time (own choice: a school that comes in on Monday morning; about 1 MB).</summary>
    public const int MostOfAddress = 200;

    /// <summary>Nobody who means to sign in needs longer while others wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Rows of everybody, for a flood from many addresses: the oldest go (own choice; about 250 MB).</summary>
    private const long MostInAll = 50_000;

    private const int IdLength = 43;

    public static string? Key(HttpContext http, string id) =>
        id.Length == IdLength && Csrf.Browser(http) is { } browser ? OpaqueSecret.Hash($"{id}\n{browser}") : null;

    public static ValueTask<(FlowState State, long Version)?> FindAsync(Db db, string key, Guid flow, DateTimeOffset now) => db.OneAsync(
        $"select state, version from flow_state where id = {key} and flow_uuid = {flow} and expires_at > {now}",
        r => ((FlowState, long)?)(JsonSerializer.Deserialize(r.Json(), FlowsJson.Default.FlowState)!, r.Long()));

    /// <summary>False where too many rows were begun at this address; those that nobody has gone on with for long make room.</summary>
    public static async ValueTask<bool> InsertAsync(Db db, string key, FlowState state, string source, DateTimeOffset now)
    {
        if (await CountAsync(db, source, now) >= MostOfAddress)
        {
            await db.ExecAsync($"delete from flow_state where source = {source} and expires_at <= {now + Lifetime - Patience}");
            if (await CountAsync(db, source, now) >= MostOfAddress) return false;
        }
        await db.ExecAsync(
            $"""
            insert into flow_state (id, flow_uuid, state, version, expires_at, source)
            values ({key}, {state.Flow}, {Text(state)}, 1, {now + Lifetime}, {source})
            """);
        return true;
    }

    /// <summary>False where another answer was quicker.</summary>
    public static async ValueTask<bool> UpdateAsync(Db db, string key, FlowState state, long version) => await db.ExecAsync(
        $"update flow_state set state = {Text(state)}, version = version + 1 where id = {key} and version = {version}") > 0;

    public static async ValueTask<bool> DeleteAsync(Db db, string key, long version) =>
        await db.ExecAsync($"delete from flow_state where id = {key} and version = {version}") > 0;

    public static async Task SweepAsync(IStore store, DateTimeOffset now, CancellationToken ct)
    {
        const long batch = 500;
        while (await store.WriteAsync(
            db => db.ExecAsync($"delete from flow_state where id in (select id from flow_state where expires_at <= {now} limit {batch})"), ct) == batch)
        {
        }
        while (await store.WriteAsync(
            db => db.ExecAsync(
                $"delete from flow_state where id in (select id from flow_state order by expires_at desc limit {batch} offset {MostInAll})"), ct) == batch)
        {
        }
    }

    private static ValueTask<long> CountAsync(Db db, string source, DateTimeOffset now) =>
        db.OneAsync($"select count(*) from flow_state where source = {source} and expires_at > {now}", r => r.Long());

    private static Json Text(FlowState state) => new(JsonSerializer.Serialize(state, FlowsJson.Default.FlowState));
}
