namespace Hearthkey.E2E.Api;

/// <summary><c>events/events</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class EventsTests(ApiHouse house)
{
    private readonly ResourceSteps _events = new(house.Api, "eventsApi.eventsEvents", "eventUuid", "eventRequest");

    [Fact]
    public async Task Every_change_leaves_an_event()
    {
        var made = (await house.Api.CallAsync("coreApi.coreGroupsCreate", new { groupRequest = new { name = "eventful" } })).ShouldBe(201).Body!["pk"]!.ToString();
        (await house.Api.CallAsync("coreApi.coreGroupsPartialUpdate", new { groupUuid = made, patchedGroupRequest = new { name = "eventful-2" } })).ShouldBe(200);
        (await house.Api.CallAsync("coreApi.coreGroupsDestroy", new { groupUuid = made })).ShouldBe(204);

        (await _events.NamesAsync("action", new { contextModelPk = made, ordering = "created" })).ShouldBe(["model_created", "model_updated", "model_deleted"]);
        var newest = (await _events.ListAsync(new { contextModelPk = made, pageSize = 1 })).ShouldBe(200).Results[0]!;
        newest["action"]!.ToString().ShouldBe("model_deleted");
        newest["user"]!["username"]!.ToString().ShouldBe("akadmin");
        (await _events.RetrieveAsync(newest["pk"]!.ToString())).ShouldBe(200);
    }

    [Fact]
    public async Task A_list_is_narrowed_and_searched()
    {
        (await house.Api.CallAsync("coreApi.coreGroupsCreate", new { groupRequest = new { name = "needle-in-haystack" } })).ShouldBe(201);

        (await _events.NamesAsync("action", new { search = "NEEDLE-in" })).ShouldBe(["model_created"]);
        (await _events.NamesAsync("action", new { search = "needle-in", actions = new[] { "model_created", "login" } })).ShouldBe(["model_created"]);
        (await _events.NamesAsync("action", new { search = "needle-in", action = "login" })).ShouldBeEmpty();
        (await _events.NamesAsync("action", new { search = "needle-in", clientIp = "127.0.0.1", username = "akadmin" })).ShouldBe(["model_created"]);
        (await _events.NamesAsync("action", new { search = "needle-in", contextModelApp = "authentik_core", contextModelName = "group" })).ShouldBe(["model_created"]);
        (await _events.NamesAsync("action", new { search = "needle-in", brandName = "none" })).ShouldBeEmpty();
        (await _events.NamesAsync("action", new { search = "needle-in", brandName = "Default brand" })).ShouldBe(["model_created"]);
    }

    [Fact]
    public async Task Kinds_and_counts_are_as_described()
    {
        (await house.Api.CallAsync("eventsApi.eventsEventsActionsList")).ShouldBe(200).Body!.AsArray().ShouldNotBeEmpty();
        (await house.Api.CallAsync("eventsApi.eventsEventsVolumeList", new { historyDays = 3 })).ShouldBe(200).Body!.AsArray().ShouldNotBeEmpty();
        (await house.Api.CallAsync("eventsApi.eventsEventsTopPerUserList", new { topN = 5 })).ShouldBe(200);
        var stats = (await house.Api.CallAsync("eventsApi.eventsEventsStatsRetrieve", new { countSteps = new[] { "days=1" } })).ShouldBe(200);
        stats.Body!["count_step"]!["days=1"]!.GetValue<int>().ShouldBeGreaterThan(0);
        (await house.Api.CallAsync("eventsApi.eventsEventsExportCreate")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_writes_one()
    {
        (await _events.CreateAsync(new { action = "login", app = "me" })).ShouldBe(405);
    }
}
