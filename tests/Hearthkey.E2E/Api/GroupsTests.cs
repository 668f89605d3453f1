namespace Hearthkey.E2E.Api;

/// <summary><c>core/groups</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class GroupsTests(ApiHouse house)
{
    private readonly ResourceSteps _groups = new(house.Api, "coreApi.coreGroups", "groupUuid", "groupRequest");

    [Fact]
    public async Task A_group_lives_from_its_creation_to_its_end()
    {
        var user = await house.AddUserAsync("group-life");
        var parent = (await _groups.CreateAsync(new { name = "life-parent" })).ShouldBe(201).Body!["pk"]!.ToString();
        var made = (await _groups.CreateAsync(new { name = "life", parents = new[] { parent }, users = new[] { user }, attributes = new { tier = 1 } })).ShouldBe(201);
        var pk = made.Body!["pk"]!.ToString();

        (await _groups.RetrieveAsync(pk)).ShouldBe(200).Body!["users"]!.AsArray().Count.ShouldBe(1);
        (await _groups.PatchAsync(pk, new { name = "life-2" })).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("life-2");
        var put = (await _groups.PutAsync(pk, new { name = "life-3", users = Array.Empty<long>() })).ShouldBe(200);
        put.Body!["users"]!.AsArray().ShouldBeEmpty();
        (await _groups.UsedByAsync(pk)).ShouldBe(200);
        (await _groups.UsedByAsync(parent)).ShouldBe(200);
        (await _groups.DeleteAsync(pk)).ShouldBe(204);
        (await _groups.RetrieveAsync(pk)).ShouldBe(404);
        (await _groups.DeleteAsync(parent)).ShouldBe(204);
    }

    [Fact]
    public async Task Members_come_and_go_one_by_one()
    {
        var user = await house.AddUserAsync("group-member");
        var groupUuid = (await _groups.CreateAsync(new { name = "members" })).ShouldBe(201).Body!["pk"]!.ToString();

        (await house.Api.CallAsync("coreApi.coreGroupsAddUserCreate", new { groupUuid, userAccountRequest = new { pk = user } })).ShouldBe(204);
        (await _groups.NamesAsync("name", new { membersByUsername = new[] { "group-member" } })).ShouldBe(["members"]);
        (await house.Api.CallAsync("coreApi.coreGroupsRemoveUserCreate", new { groupUuid, userAccountRequest = new { pk = user } })).ShouldBe(204);
        (await _groups.NamesAsync("name", new { membersByPk = new[] { user } })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_searched_and_paged()
    {
        foreach (var name in new[] { "list-a", "list-b", "list-c" }) (await _groups.CreateAsync(new { name })).ShouldBe(201);

        (await _groups.NamesAsync("name", new { name = "list-b" })).ShouldBe(["list-b"]);
        (await _groups.NamesAsync("name", new { search = "LIST-" })).ShouldBe(["list-a", "list-b", "list-c"]);
        (await _groups.NamesAsync("name", new { search = "list-", ordering = "-name" })).ShouldBe(["list-c", "list-b", "list-a"]);
        (await _groups.NamesAsync("name", new { search = "list-", isSuperuser = true })).ShouldBeEmpty();
        var page = (await _groups.ListAsync(new { search = "list-", page = 2, pageSize = 2, includeUsers = false })).ShouldBe(200);
        page.Results.Count.ShouldBe(1);
        page.Body!["pagination"]!["previous"]!.GetValue<int>().ShouldBe(1);
        page.Body!["pagination"]!["next"]!.GetValue<int>().ShouldBe(0);
        page.Body!["pagination"]!["start_index"]!.GetValue<int>().ShouldBe(3);
        (await _groups.ListAsync(new { page = 99 })).ShouldBe(404);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        (await _groups.CreateAsync(new { name = "twice" })).ShouldBe(201);

        await _groups.RefusesAsync(new { name = "twice" }, "name");
        await _groups.RefusesAsync(new { name = "" }, "name");
        await _groups.RefusesAsync(new { name = "odd", users = new[] { 987654 } }, "users");
        await _groups.RefusesAsync(new { name = "odd", parents = new[] { "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11" } }, "parents");
        await _groups.RefusesAsync(new { name = "odd", roles = new[] { "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11" } }, "roles");
    }
}
