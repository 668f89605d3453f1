using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Tests.Directory;

namespace Hearthkey.Tests.System;

/// <summary><c>events/events</c>: read by admins, narrowed by what happened, written by nobody.</summary>
public sealed class EventsTests
{
    private const string Path = "events/events/";

    [Fact]
    public async Task The_newest_event_comes_first_unless_another_order_is_asked_for()
    {
        await using var site = await DirectorySite.StartAsync();
        await AppendAsync(site, "login", "early");
        site.Time.Advance(TimeSpan.FromMinutes(1));
        await AppendAsync(site, "login", "late");

        (await NamesAsync(site, "?action=login")).ShouldBe(["late", "early"]);
        (await NamesAsync(site, "?action=login&ordering=created")).ShouldBe(["early", "late"]);
        (await NamesAsync(site, "?action=login&ordering=-created")).ShouldBe(["late", "early"]);
    }

    [Theory]
    [InlineData("?action=login", "ada")]
    [InlineData("?actions=login&actions=logout", "grace,ada")]
    [InlineData("?username=grace", "grace")]
    [InlineData("?client_ip=192.0.2.7", "ada")]
    [InlineData("?context_model_app=authentik_core", "linus")]
    [InlineData("?context_model_name=group", "linus")]
    [InlineData("?context_model_pk=42", "linus")]
    [InlineData("?context_authorized_app=app-1", "grace")]
    [InlineData("?context_device=dev-1", "ada")]
    [InlineData("?brand_name=none", "")]
    [InlineData("?search=GROU", "linus")]
    [InlineData("?search=192.0.2.7", "ada")]
    public async Task A_filter_leaves_those_that_it_names(string query, string expected)
    {
        await using var site = await DirectorySite.StartAsync();
        await ClearAsync(site);
        await AppendAsync(site, "login", "ada", "192.0.2.7", new JsonObject { ["device"] = new JsonObject { ["pk"] = "dev-1" } });
        site.Time.Advance(TimeSpan.FromMinutes(1));
        await AppendAsync(site, "logout", "grace", null, new JsonObject { ["authorized_application"] = new JsonObject { ["pk"] = "app-1" } });
        await AppendAsync(site, "model_created", "linus", null,
            new JsonObject { ["model"] = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "group", ["pk"] = "42" } });

        (await NamesAsync(site, query)).ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_coalesced_event_says_how_often_it_happened()
    {
        await using var site = await DirectorySite.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await site.Store.WriteAsync(
                async db =>
                {
                    await site.Get<AuditLog>().AppendCoalescedAsync(db, "login_failed", "authentik.core", Actor.Unknown("192.0.2.9"), "ada", new JsonObject { ["username"] = "ada" });
                    return true;
                },
                DirectorySite.Ct);
        }

        var found = (await site.GetAsync(Path + "?action=login_failed")).Body.GetProperty("results");
        found.GetArrayLength().ShouldBe(1);
        found[0].GetProperty("context").GetProperty("occurrences").GetInt64().ShouldBe(3);
        (await NamesAsync(site, "?username=ada&action=login_failed")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_writes_events_through_the_api()
    {
        await using var site = await DirectorySite.StartAsync();
        await AppendAsync(site, "login", "ada");
        var pk = (await site.GetAsync(Path)).Body.GetProperty("results")[0].GetProperty("pk").GetString();

        foreach (var (method, path) in new[] { ("POST", Path), ("PUT", $"{Path}{pk}/"), ("PATCH", $"{Path}{pk}/"), ("DELETE", $"{Path}{pk}/") })
        {
            var reply = await site.SendAsync(method, path, "{}", DirectorySite.AdminKey);
            reply.Status.ShouldBe(405, method);
            reply.Error("detail").ShouldBe($"Method \"{method}\" not allowed.");
        }
        (await site.GetAsync($"{Path}{pk}/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_person_who_is_no_admin_sees_no_event()
    {
        await using var site = await DirectorySite.StartAsync();
        var key = await site.AddTokenAsync(await site.AddUserAsync("ada"), "ada-key");

        foreach (var path in new[] { "", "actions/", "volume/", "top_per_user/", "stats/?count_steps=hours=1" }) (await site.GetAsync(Path + path, key)).Status.ShouldBe(403, path);
    }

    [Fact]
    public async Task The_kinds_of_events_have_names()
    {
        await using var site = await DirectorySite.StartAsync();

        var kinds = (await site.GetAsync(Path + "actions/")).Body.EnumerateArray().ToList();

        kinds.ShouldContain(k => k.GetProperty("component").GetString() == "login_failed" && k.GetProperty("name").GetString() == "Login Failed");
        kinds.Count.ShouldBe(EventActions.All.Count);
        var known = typeof(EventActions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        kinds.Select(k => k.GetProperty("component").GetString()).ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public async Task The_volume_counts_by_action_and_day()
    {
        await using var site = await DirectorySite.StartAsync();
        await AppendAsync(site, "login", "ada");
        await AppendAsync(site, "login", "grace");
        site.Time.Advance(TimeSpan.FromHours(25));
        await AppendAsync(site, "login", "ada");

        var days = (await site.GetAsync(Path + "volume/?action=login")).Body.EnumerateArray().ToList();
        days.Select(d => d.GetProperty("count").GetInt64()).ShouldBe([2, 1]);
        days[1].GetProperty("time").GetDateTimeOffset().ShouldBe(DirectorySite.Start.Date.AddDays(1));
        (await site.GetAsync(Path + "volume/?action=login&username=ada&history_days=1")).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_most_used_applications_come_with_their_people()
    {
        await using var site = await DirectorySite.StartAsync();
        foreach (var (pk, app) in new[] { (7L, "wiki"), (7L, "wiki"), (8L, "wiki"), (7L, "mail") })
        {
            var context = new JsonObject { ["authorized_application"] = new JsonObject { ["name"] = app } };
            await AppendAsync(site, "authorize_application", "ada", null, context, pk);
        }

        var top = (await site.GetAsync(Path + "top_per_user/?top_n=1")).Body;
        top.GetArrayLength().ShouldBe(1);
        top[0].GetProperty("application").GetProperty("name").GetString().ShouldBe("wiki");
        top[0].GetProperty("counted_events").GetInt64().ShouldBe(3);
        top[0].GetProperty("unique_users").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task The_statistics_count_people_and_events_of_each_span()
    {
        await using var site = await DirectorySite.StartAsync();
        await AppendAsync(site, "login", "ada", pk: 7);
        site.Time.Advance(TimeSpan.FromHours(2));
        await AppendAsync(site, "login", "ada", pk: 7);
        await AppendAsync(site, "login", "grace", pk: 8);

        var stats = (await site.GetAsync(Path + "stats/?action=login&count_steps=hours=1&count_steps=days=1;hours=1")).Body;

        stats.GetProperty("unique_users").GetInt64().ShouldBe(2);
        stats.GetProperty("count_step").GetProperty("hours=1").GetInt64().ShouldBe(2);
        stats.GetProperty("count_step").GetProperty("days=1;hours=1").GetInt64().ShouldBe(3);
        (await site.GetAsync(Path + "stats/")).Error("count_steps").ShouldContain("required");
        (await site.GetAsync(Path + "stats/?count_steps=soon")).Error("count_steps").ShouldContain("no duration");
    }

    [Fact]
    public async Task The_brand_of_the_request_stands_in_its_event()
    {
        await using var site = await DirectorySite.StartAsync();
        await site.AddGroupAsync("branded");
        var brand = (await site.GetAsync("core/brands/")).Body.GetProperty("results")[0].GetProperty("brand_uuid").GetString();

        var told = (await site.GetAsync(Path + "?brand_name=Default brand&search=branded")).Body.GetProperty("results")[0].GetProperty("brand");

        told.GetProperty("pk").GetString().ShouldBe(brand);
        told.GetProperty("app").GetString().ShouldBe("authentik_brands");
        told.GetProperty("model_name").GetString().ShouldBe("brand");
    }

    [Fact]
    public async Task An_export_is_not_built()
    {
        await using var site = await DirectorySite.StartAsync();

        (await site.PostAsync(Path + "export/", "{}")).Status.ShouldBe(404);
    }

    private static async Task<List<string>> NamesAsync(DirectorySite site, string query)
    {
        var reply = await site.GetAsync(Path + query);
        reply.Status.ShouldBe(200, reply.ToString());
        return [.. reply.Body.GetProperty("results").EnumerateArray().Select(e => e.GetProperty("user").GetProperty("username").GetString()!)];
    }

    private static Task<bool> AppendAsync(DirectorySite site, string action, string who, string? ip = null, JsonObject? context = null, long? pk = null) =>
        site.Store.WriteAsync(
            async db =>
            {
                await site.Get<AuditLog>().AppendAsync(db, action, "authentik.core", new Actor(pk, who, "", ip), context ?? []);
                return true;
            },
            DirectorySite.Ct);

    private static Task<int> ClearAsync(DirectorySite site) => site.Store.WriteAsync(db => db.ExecAsync($"delete from event"), DirectorySite.Ct);
}
