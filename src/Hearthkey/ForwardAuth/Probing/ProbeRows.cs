using System.Text.Json;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>The SQL of the table <c>host_probe</c>.</summary>
internal static class ProbeRows
{
    /// <summary>Hosts of one domain that are kept; more than a house has.</summary>
    private const int MostSeen = 100;

    public static ValueTask<List<ProbeRow>> AllAsync(Db db) => db.ListAsync(
        $"select provider_pk, origin, is_seen, wiring, due_at, seen_at, outcome from host_probe order by provider_pk, is_seen, origin", Read);

    public static ValueTask<List<ProbeRow>> OfAsync(Db db, long provider) => db.ListAsync(
        $"""
        select provider_pk, origin, is_seen, wiring, due_at, seen_at, outcome from host_probe
        where provider_pk = {provider} order by is_seen, origin
        """, Read);

    /// <summary>Those whose time has come, and those that were not in order while checks come now: somebody has just mended something.</summary>
    /// <param name="arrived">Providers that checks came for.</param>
    /// <param name="pause">A host is asked no sooner than this for that reason.</param>
    public static ValueTask<List<ProbeRow>> DueAsync(Db db, DateTimeOffset now, IReadOnlyCollection<long> arrived, TimeSpan pause, int most) => db.ListAsync(
        $"""
        select provider_pk, origin, is_seen, wiring, due_at, seen_at, outcome from host_probe
        where due_at <= {now} or (provider_pk in {arrived} and not is_good and (asked_at is null or asked_at < {now - pause}))
        order by due_at limit {(long)most}
        """, Read);

    /// <summary>Takes a row that is due for this node; false where another one was quicker.</summary>
    public static async ValueTask<bool> ClaimAsync(Db db, ProbeRow row, DateTimeOffset next) => await db.ExecAsync(
        $"update host_probe set due_at = {next} where provider_pk = {row.ProviderPk} and origin = {row.Origin} and due_at = {row.DueAt}") > 0;

    /// <summary>Where there are as many as are kept, the one that checks have not come for the longest makes room: names that somebody made up are asked once.</summary>
    public static async ValueTask AddAsync(Db db, ProbeTarget target, string origin, bool isSeen, DateTimeOffset now, DateTimeOffset due)
    {
        await db.ExecAsync(
            $"""
            insert into host_probe (provider_pk, origin, is_seen, wiring, due_at, seen_at, is_good)
            values ({target.Pk}, {origin}, {isSeen}, {target.Wiring}, {due}, {now}, {false})
            on conflict (provider_pk, origin) do update set seen_at = excluded.seen_at
            """);
        if (isSeen)
            await db.ExecAsync(
                $"""
                delete from host_probe where provider_pk = {target.Pk} and is_seen and origin in
                (select origin from host_probe where provider_pk = {target.Pk} and is_seen order by seen_at desc, origin limit 1000000 offset {(long)MostSeen})
                """);
    }

    public static async ValueTask RewireAsync(Db db, ProbeTarget target, DateTimeOffset now) => await db.ExecAsync(
        $"update host_probe set wiring = {target.Wiring}, due_at = {now} where provider_pk = {target.Pk} and wiring <> {target.Wiring}");

    public static async ValueTask RemoveAsync(Db db, ProbeRow row) =>
        await db.ExecAsync($"delete from host_probe where provider_pk = {row.ProviderPk} and origin = {row.Origin}");

    public static async ValueTask SaveAsync(Db db, ProbeRow row, ProbeOutcome outcome) => await db.ExecAsync(
        $"""
        update host_probe set outcome = {new Json(JsonSerializer.Serialize(outcome, ForwardAuthJson.Default.ProbeOutcome))}, asked_at = {outcome.At},
        is_good = {outcome.State is ProbeState.Protected or ProbeState.Exempt}
        where provider_pk = {row.ProviderPk} and origin = {row.Origin}
        """);

    /// <summary>True where it is to be told that the host stands open: it was not before, or not told since.</summary>
    public static async ValueTask<bool> IsNewsAsync(Db db, ProbeRow row, DateTimeOffset now, DateTimeOffset since) => await db.ExecAsync(
        $"""
        update host_probe set alerted_at = {now}
        where provider_pk = {row.ProviderPk} and origin = {row.Origin} and (alerted_at is null or alerted_at <= {since})
        """) > 0;

    /// <summary>It no longer stands open: the next time is news.</summary>
    public static async ValueTask CalmAsync(Db db, ProbeRow row) => await db.ExecAsync(
        $"update host_probe set alerted_at = {(DateTimeOffset?)null} where provider_pk = {row.ProviderPk} and origin = {row.Origin} and alerted_at is not null");

    private static ProbeRow Read(Row r) => new(r.Long(), r.Text(), r.Bool(), r.Text(), r.Time(), r.Time(),
        r.JsonOrNull() is { } outcome ? JsonSerializer.Deserialize(outcome, ForwardAuthJson.Default.ProbeOutcome) : null);
}

/// <summary>One host of a provider.</summary>
internal sealed record ProbeRow(
    long ProviderPk, string Origin, bool IsSeen, string Wiring, DateTimeOffset DueAt, DateTimeOffset SeenAt, ProbeOutcome? Outcome);
