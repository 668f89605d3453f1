using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Storage;
using Hearthkey.Tests.Directory;

namespace Hearthkey.Tests.Audit;

/// <summary>T54: nobody fills the disk with events, and nobody uses up the log for what others must see.</summary>
public sealed class AuditLogTests
{
    [Fact]
    public async Task One_visitor_does_not_keep_others_out_of_the_log()
    {
        await using var site = await DirectorySite.StartAsync();
        for (var i = 0; i < 1100; i++)
        {
            await AppendAsync(site, "203.0.113.7");
            if (i < 300) site.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await RowsAsync(site, "203.0.113.7")).Count.ShouldBeInRange(50, 110);
        await AppendAsync(site, "198.51.100.9");

        (await RowsAsync(site, "198.51.100.9")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_over_is_counted_in_one_row()
    {
        await using var site = await DirectorySite.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            await AppendAsync(site, "2001:db8:1:2::" + (i + 1).ToString("x", null));
        }

        var rows = await site.Store.ReadAsync(
            db => db.ListAsync($"select context, occurrences from event where action = {"configuration_error"}", r => (Context: r.Json(), Times: r.Long())), DirectorySite.Ct);
        rows.Count.ShouldBe(101, "a household has one /64");
        var more = rows.Single(r => r.Context.Contains("suppressed", StringComparison.Ordinal));
        more.Times.ShouldBe(150);
    }

    [Fact]
    public async Task Strangers_from_everywhere_leave_room_for_what_concerns_a_known_object()
    {
        await using var site = await DirectorySite.StartAsync();
        await site.Store.WriteAsync(
            async db =>
            {
                for (var i = 0; i < 2000; i++) await AppendAsync(site, db, $"10.{i >> 8}.{i & 255}.1", null);
                return true;
            },
            DirectorySite.Ct);

        await AppendAsync(site, "203.0.113.7", "provider/7");

        (await RowsAsync(site, "203.0.113.7")).Count.ShouldBe(1);
        (await site.EventsAsync("configuration_error")).Count.ShouldBe(1002);
        site.Time.Advance(TimeSpan.FromDays(1));
        await AppendAsync(site, "198.51.100.9");
        (await RowsAsync(site, "198.51.100.9")).Count.ShouldBe(1, "the next day is a new one");
    }

    [Fact]
    public async Task A_frequent_mistake_of_one_object_hides_neither_its_others_nor_those_of_another_one()
    {
        await using var site = await DirectorySite.StartAsync();
        await AppendAsync(site, "203.0.113.7", "provider/7", "rare");
        await site.Store.WriteAsync(
            async db =>
            {
                for (var i = 0; i < 400; i++)
                {
                    await AppendAsync(site, db, $"10.0.{i >> 8}.{i & 255}", "provider/7", "frequent");
                    await AppendAsync(site, db, $"10.0.{i >> 8}.{i & 255}", "provider/8", "frequent");
                }
                return true;
            },
            DirectorySite.Ct);
        site.Time.Advance(TimeSpan.FromMinutes(1));
        await AppendAsync(site, "203.0.113.7", "provider/7", "new");

        var latest = await site.Store.ReadAsync(
            db => site.Get<AuditLog>().LatestAsync(db, "configuration_error", "provider/7", DirectorySite.Start.AddDays(-1), 20), DirectorySite.Ct);

        latest.Select(e => e.Context.GetProperty("message").GetString()).Distinct().ShouldBe(["new", "frequent", "rare"], ignoreOrder: true);
        latest.Count.ShouldBe(22);
    }

    private static Task<bool> AppendAsync(DirectorySite site, string address, string? subject = null, string detail = "") => site.Store.WriteAsync(
        async db =>
        {
            await AppendAsync(site, db, address, subject, detail);
            return true;
        },
        DirectorySite.Ct);

    private static ValueTask AppendAsync(DirectorySite site, Db db, string address, string? subject, string detail = "") => site.Get<AuditLog>().AppendCoalescedAsync(
        db, "configuration_error", "authentik.core", Actor.Unknown(address), subject, new JsonObject { ["message"] = detail }, detail);

    private static Task<List<long>> RowsAsync(DirectorySite site, string address) => site.Store.ReadAsync(
        db => db.ListAsync($"select occurrences from event where client_ip = {address}", r => r.Long()), DirectorySite.Ct);
}
