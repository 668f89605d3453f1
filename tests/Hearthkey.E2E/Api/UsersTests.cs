namespace Hearthkey.E2E.Api;

/// <summary><c>core/users</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class UsersTests(ApiHouse house)
{
    private readonly ResourceSteps _users = new(house.Api, "coreApi.coreUsers", "id", "userRequest");

    [Fact]
    public async Task A_user_lives_from_creation_to_end()
    {
        var group = (await house.Api.CallAsync("coreApi.coreGroupsCreate", new { groupRequest = new { name = "user-life" } })).ShouldBe(201).Body!["pk"]!.ToString();
        var request = new { username = "ada", name = "Ada", email = "ada@home.test", groups = new[] { group }, attributes = new { a = 1 }, path = "users/lab", type = "external" };
        var pk = (await _users.CreateAsync(request)).ShouldBe(201).Body!["pk"]!.GetValue<long>();

        (await _users.RetrieveAsync(pk)).ShouldBe(200).Body!["groups_obj"]!.AsArray().Count.ShouldBe(1);
        (await _users.PatchAsync(pk, new { isActive = false })).ShouldBe(200).Body!["is_active"]!.GetValue<bool>().ShouldBeFalse();
        (await _users.PutAsync(pk, new { username = "ada", name = "Ada L." })).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("Ada L.");
        (await _users.UsedByAsync(pk)).ShouldBe(200);
        (await _users.DeleteAsync(pk)).ShouldBe(204);
        (await _users.RetrieveAsync(pk)).ShouldBe(404);
    }

    [Fact]
    public async Task A_password_is_set_and_a_weak_one_refused()
    {
        var id = await house.AddUserAsync("password-user");

        (await house.Api.CallAsync("coreApi.coreUsersSetPasswordCreate", new { id, userPasswordSetRequest = new { password = "correct horse battery" } })).ShouldBe(204);
        ResourceSteps.Refused(
            await house.Api.CallAsync("coreApi.coreUsersSetPasswordCreate", new { id, userPasswordSetRequest = new { password = "password1" } }), "password");
    }

    [Fact]
    public async Task The_caller_sees_themselves()
    {
        var me = (await house.Api.CallAsync("coreApi.coreUsersMeRetrieve")).ShouldBe(200);

        me.Body!["user"]!["username"]!.ToString().ShouldBe("akadmin");
        me.Body!["user"]!["is_superuser"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        foreach (var name in new[] { "find-a", "find-b" }) await house.AddUserAsync(name);
        (await _users.CreateAsync(new { username = "find-c", name = "Grace", email = "grace@home.test", path = "users/navy", isActive = false })).ShouldBe(201);

        (await _users.NamesAsync("username", new { search = "find-" })).ShouldBe(["find-a", "find-b", "find-c"]);
        (await _users.NamesAsync("username", new { search = "find-", ordering = "-username" })).ShouldBe(["find-c", "find-b", "find-a"]);
        (await _users.NamesAsync("username", new { username = "FIND-B" })).ShouldBe(["find-b"]);
        (await _users.NamesAsync("username", new { email = "grace@home.test" })).ShouldBe(["find-c"]);
        (await _users.NamesAsync("username", new { search = "find-", isActive = false })).ShouldBe(["find-c"]);
        (await _users.NamesAsync("username", new { pathStartswith = "users/na" })).ShouldBe(["find-c"]);
        (await _users.NamesAsync("username", new { search = "find-", isSuperuser = true })).ShouldBeEmpty();
        (await _users.NamesAsync("username", new { search = "find-", type = new[] { "internal" }, includeGroups = false })).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        await house.AddUserAsync("taken");

        await _users.RefusesAsync(new { username = "TAKEN", name = "x" }, "username");
        await _users.RefusesAsync(new { username = "", name = "x" }, "username");
        await _users.RefusesAsync(new { username = "odd", name = "x", email = "no mail" }, "email");
        await _users.RefusesAsync(new { username = "odd", name = "x", type = "robot" }, "type");
        await _users.RefusesAsync(new { username = "odd", name = "x", groups = new[] { "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11" } }, "groups");
    }
}
