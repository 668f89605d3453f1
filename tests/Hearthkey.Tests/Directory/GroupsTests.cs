using System.Text.Json;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Resources;

namespace Hearthkey.Tests.Directory;

public sealed class GroupsTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_group_is_answered_with_every_member_of_the_schema()
    {
        var anna = await _site.AddUserAsync("anna");
        var house = await _site.AddGroupAsync("house");
        var reply = await _site.PostAsync("core/groups/", $$"""{"name":"family","parents":["{{house}}"],"users":[{{anna}}],"attributes":{"a":1} }""");

        reply.Status.ShouldBe(201);
        reply.Body.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["pk", "num_pk", "name", "is_superuser", "parents", "parents_obj", "users", "users_obj", "attributes", "roles", "roles_obj", "inherited_roles_obj",
                "children", "children_obj"], ignoreOrder: true);
        var family = reply.Body.GetProperty("pk").GetString();
        var one = (await _site.GetAsync($"core/groups/{family}/?include_parents=true&include_users=false")).Body;
        one.GetProperty("parents_obj")[0].GetProperty("name").GetString().ShouldBe("house");
        one.GetProperty("users_obj").ValueKind.ShouldBe(JsonValueKind.Null);
        one.GetProperty("users")[0].GetInt64().ShouldBe(anna);
        one.GetProperty("attributes").GetProperty("a").GetInt32().ShouldBe(1);
        var parent = (await _site.GetAsync($"core/groups/{house}/?include_children=true")).Body;
        parent.GetProperty("children_obj")[0].GetProperty("name").GetString().ShouldBe("family");
        parent.GetProperty("num_pk").GetInt64().ShouldBe(one.GetProperty("num_pk").GetInt64() - 1);
    }

    [Fact]
    public async Task A_group_cannot_be_above_itself()
    {
        var top = await _site.AddGroupAsync("top");
        var middle = await _site.AddGroupAsync("middle", $$""", "parents":["{{top}}"] """);
        var low = await _site.AddGroupAsync("low", $$""", "parents":["{{middle}}"] """);

        (await _site.PatchAsync($"core/groups/{top}/", $$"""{"parents":["{{top}}"]}""")).Error("parents").ShouldContain("its own parent");
        (await _site.PatchAsync($"core/groups/{top}/", $$"""{"parents":["{{low}}"]}""")).Error("parents").ShouldContain("“low” is below this group");
        (await _site.PatchAsync($"core/groups/{low}/", $$"""{"parents":["{{top}}","{{middle}}"]}""")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"name":"FAMILY"}""", "name", "already exists")]
    [InlineData("""{"name":" "}""", "name", "blank")]
    [InlineData("""{"name":"x","users":[4711]}""", "users", "does not exist")]
    [InlineData("""{"name":"x","parents":["0198c0de-0000-7000-8000-000000000000"]}""", "parents", "does not exist")]
    [InlineData("""{"name":"x","roles":["0198c0de-0000-7000-8000-000000000000"]}""", "roles", "not built yet")]
    public async Task A_wrong_field_is_refused_with_a_sentence(string input, string field, string message)
    {
        await _site.AddGroupAsync("family");

        var reply = await _site.PostAsync("core/groups/", input);

        reply.Status.ShouldBe(400);
        reply.Error(field).ShouldContain(message);
    }

    [Theory]
    [InlineData("name=Family", "family")]
    [InlineData("is_superuser=true", "authentik Admins")]
    [InlineData("members_by_username=ANNA&members_by_username=akadmin", "authentik Admins,family")]
    [InlineData("members_by_pk=1", "authentik Admins")]
    [InlineData("search=AM", "family")]
    [InlineData("ordering=-name", "house,family,authentik Admins")]
    public async Task The_list_can_be_narrowed_and_ordered(string query, string expected)
    {
        var anna = await _site.AddUserAsync("anna");
        await _site.AddGroupAsync("family", $$""", "users":[{{anna}}] """);
        await _site.AddGroupAsync("house");

        string.Join(',', (await _site.GetAsync("core/groups/?" + query)).Names("name")).ShouldBe(expected);
    }

    [Fact]
    public async Task Members_come_and_go_one_by_one()
    {
        var anna = await _site.AddUserAsync("anna");
        var family = await _site.AddGroupAsync("family");

        (await _site.PostAsync($"core/groups/{family}/add_user/", $$"""{"pk":{{anna}}}""")).Status.ShouldBe(204);
        (await _site.PostAsync($"core/groups/{family}/add_user/", $$"""{"pk":{{anna}}}""")).Status.ShouldBe(204);
        (await GroupNamesAsync(anna)).ShouldBe(["family"]);
        (await _site.ChangesAsync()).ShouldContain($"authentik_core.user {anna}");
        (await _site.PostAsync($"core/groups/{family}/remove_user/", $$"""{"pk":{{anna}}}""")).Status.ShouldBe(204);
        (await GroupNamesAsync(anna)).ShouldBeEmpty();
        (await _site.PostAsync($"core/groups/{family}/add_user/", """{"pk":4711}""")).Status.ShouldBe(404);
        (await _site.PostAsync($"core/groups/{family}/add_user/", "{}")).Error("pk").ShouldContain("required");
    }

    [Fact]
    public async Task Somebody_active_stays_in_a_superuser_group_whatever_changes()
    {
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();

        (await _site.PostAsync($"core/groups/{admins}/remove_user/", """{"pk":1}""")).Error("pk").ShouldContain("Nobody could administer");
        (await _site.PatchAsync($"core/groups/{admins}/", """{"users":[]}""")).Error("users").ShouldContain("Nobody could administer");
        (await _site.PatchAsync($"core/groups/{admins}/", """{"is_superuser":false}""")).Error("is_superuser").ShouldContain("Nobody could administer");
        (await _site.DeleteAsync($"core/groups/{admins}/")).Error("non_field_errors").ShouldContain("Nobody could administer");

        await _site.AddGroupAsync("below", $$""", "parents":["{{admins}}"],"users":[1] """);
        (await _site.PatchAsync($"core/groups/{admins}/", """{"users":[]}""")).Status.ShouldBe(200);
        (await _site.DeleteAsync($"core/groups/{admins}/")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_group_makes_its_users_admins_when_it_says_so()
    {
        var anna = await _site.AddUserAsync("anna");
        var key = await _site.AddTokenAsync(anna, "annas");

        var crew = await _site.AddGroupAsync("crew", $$""", "users":[{{anna}}],"is_superuser":true """);
        (await _site.GetAsync("core/groups/", key)).Status.ShouldBe(200);
        (await _site.PatchAsync($"core/groups/{crew}/", """{"is_superuser":false}""")).Status.ShouldBe(200);
        (await _site.GetAsync("core/groups/", key)).Status.ShouldBe(403);
        (await _site.PatchAsync($"core/groups/{crew}/", """{"is_superuser":true,"users":[]}""")).Status.ShouldBe(200);
        (await _site.GetAsync("core/groups/", key)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Membership_in_a_group_below_a_superuser_group_makes_a_superuser()
    {
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();
        var below = await _site.AddGroupAsync("below", $$""", "parents":["{{admins}}"] """);
        var anna = await _site.AddUserAsync("anna", $$""", "groups":["{{below}}"] """);

        (await _site.GetAsync($"core/users/{anna}/")).Body.GetProperty("is_superuser").GetBoolean().ShouldBeTrue();
        (await _site.GetAsync("core/users/?is_superuser=true")).Names("username").ShouldBe(["akadmin", "anna"]);
        (await _site.Get<People>().FindAsync(anna, DirectorySite.Ct)).ShouldNotBeNull().IsSuperuser.ShouldBeTrue();
    }

    [Fact]
    public async Task An_admin_at_a_browser_proves_again_who_they_are_before_a_group_makes_admins()
    {
        var groups = _site.Get<Groups>();
        var stale = _site.Browser(TimeSpan.FromMinutes(16));
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();

        (await CreateAsync("""{"name":"plain"}""")).Value.ShouldNotBeNull();
        (await CreateAsync("""{"name":"more admins","is_superuser":true}""")).Code.ShouldBe(StepUp.Code);
        (await CreateAsync($$"""{"name":"below admins","parents":["{{admins}}"]}""")).Code.ShouldBe(StepUp.Code);

        Task<Outcome<Group>> CreateAsync(string input) => groups.CreateAsync(stale, Actor.Server, JsonElement.Parse(input), DirectorySite.Ct);
    }

    private async Task<IEnumerable<string>> GroupNamesAsync(long user) =>
        (await _site.GetAsync($"core/users/{user}/")).Body.GetProperty("groups_obj").EnumerateArray().Select(g => g.GetProperty("name").GetString()!);
}
