namespace Hearthkey.Tests.Directory;

/// <summary>What people who are no admins may do: see themselves and keep their own tokens.</summary>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private DirectorySite _site = null!;
    private long _anna;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await DirectorySite.StartAsync();
        _anna = await _site.AddUserAsync("anna", """, "email":"anna@lab.example" """);
        _key = await _site.AddTokenAsync(_anna, "annas");
        await _site.AddTokenAsync(1, "admins");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task They_see_themselves_in_the_list_of_users()
    {
        (await _site.GetAsync("core/users/", _key)).Names("username").ShouldBe(["anna"]);
        (await _site.GetAsync("core/users/?is_superuser=true", _key)).Body.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(0);
        (await _site.GetAsync($"core/users/{_anna}/", _key)).Status.ShouldBe(200);
        (await _site.GetAsync("core/users/1/", _key)).Status.ShouldBe(404);
        (await _site.GetAsync("core/users/1/used_by/", _key)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Me_tells_who_calls()
    {
        var me = (await _site.GetAsync("core/users/me/", _key)).Body;

        me.EnumerateObject().Select(p => p.Name).ShouldBe(["user", "users"]);
        var user = me.GetProperty("user");
        user.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["pk", "username", "name", "is_active", "is_superuser", "is_current", "groups", "roles", "email", "avatar", "uid", "settings", "type",
                "system_permissions"], ignoreOrder: true);
        user.GetProperty("username").GetString().ShouldBe("anna");
        user.GetProperty("system_permissions").GetArrayLength().ShouldBe(0);
        var admin = (await _site.GetAsync("core/users/me/")).Body.GetProperty("user");
        admin.GetProperty("is_superuser").GetBoolean().ShouldBeTrue();
        admin.GetProperty("groups")[0].GetProperty("name").GetString().ShouldBe("authentik Admins");
    }

    [Fact]
    public async Task They_keep_their_own_tokens_and_no_others()
    {
        (await _site.GetAsync("core/tokens/", _key)).Names("identifier").ShouldBe(["annas"]);
        (await _site.GetAsync("core/tokens/admins/", _key)).Status.ShouldBe(404);
        (await _site.GetAsync("core/tokens/admins/view_key/", _key)).Status.ShouldBe(404);
        (await _site.PatchAsync("core/tokens/admins/", """{"description":"x"}""", _key)).Status.ShouldBe(404);
        (await _site.DeleteAsync("core/tokens/admins/", _key)).Status.ShouldBe(404);
        (await _site.PostAsync("core/tokens/", """{"identifier":"mine"}""", _key)).Body.GetProperty("user").GetInt64().ShouldBe(_anna);
        (await _site.PostAsync("core/tokens/", """{"identifier":"theirs","user":1}""", _key)).Error("user").ShouldContain("for yourself");
        (await _site.PatchAsync("core/tokens/mine/", """{"user":1}""", _key)).Status.ShouldBe(400);
        (await _site.GetAsync("core/tokens/mine/view_key/", _key)).Status.ShouldBe(200);
        (await _site.DeleteAsync("core/tokens/mine/", _key)).Status.ShouldBe(204);
    }

    [Theory]
    [InlineData("POST", "core/users/", """{"username":"x","name":"x"}""")]
    [InlineData("PATCH", "core/users/ANNA/", """{"is_active":true}""")]
    [InlineData("PUT", "core/users/ANNA/", """{"username":"anna","name":"x","groups":[]}""")]
    [InlineData("DELETE", "core/users/ANNA/", null)]
    [InlineData("POST", "core/users/ANNA/set_password/", """{"password":"correct horse battery"}""")]
    [InlineData("POST", "core/users/1/set_password/", """{"password":"correct horse battery"}""")]
    [InlineData("GET", "core/users/paths/", null)]
    [InlineData("GET", "core/groups/", null)]
    [InlineData("POST", "core/groups/", """{"name":"x","is_superuser":true}""")]
    [InlineData("GET", "core/groups/ADMINS/", null)]
    [InlineData("PATCH", "core/groups/ADMINS/", """{"users":[1]}""")]
    [InlineData("POST", "core/groups/ADMINS/add_user/", """{"pk":1}""")]
    [InlineData("POST", "core/groups/ADMINS/remove_user/", """{"pk":1}""")]
    [InlineData("DELETE", "core/groups/ADMINS/", null)]
    [InlineData("POST", "core/tokens/annas/set_key/", """{"key":"a-key-that-is-long-enough-for-it"}""")]
    public async Task Everything_else_is_refused(string method, string path, string? body)
    {
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString()!;
        var real = path.Replace("ANNA", $"{_anna}", StringComparison.Ordinal).Replace("ADMINS", admins, StringComparison.Ordinal);

        (await _site.SendAsync(method, real, body, _key)).Status.ShouldBe(403);
        (await _site.SendAsync(method, real, body, null)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Nobody_sees_anything_without_a_key()
    {
        foreach (var path in new[] { "core/users/", "core/users/me/", "core/tokens/", "core/groups/" })
            (await _site.GetAsync(path, null)).Error("detail").ShouldBe("Authentication credentials were not provided.");
    }
}
