using System.Text.Json;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Resources;

namespace Hearthkey.Tests.Directory;

public sealed class UsersTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_user_is_answered_with_every_member_of_the_schema()
    {
        var group = await _site.AddGroupAsync("family", """, "attributes": {"floor": 2}""");
        var reply = await _site.PostAsync("core/users/", $$"""
            {"username":"anna","name":"Anna Berg","email":"anna@lab.example","groups":["{{group}}"],"attributes":{"room":"12"},"path":"people/berlin","type":"external"}
            """);

        reply.Status.ShouldBe(201);
        var user = reply.Body;
        user.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["pk", "username", "name", "is_active", "last_login", "date_joined", "is_superuser", "groups", "groups_obj", "roles", "roles_obj", "email", "avatar",
                "attributes", "uid", "path", "type", "uuid", "password_change_date", "last_updated"], ignoreOrder: true);
        user.GetProperty("uid").GetString()!.Length.ShouldBe(64);
        user.GetProperty("is_superuser").GetBoolean().ShouldBeFalse();
        user.GetProperty("is_active").GetBoolean().ShouldBeTrue();
        user.GetProperty("type").GetString().ShouldBe("external");
        user.GetProperty("path").GetString().ShouldBe("people/berlin");
        user.GetProperty("attributes").GetProperty("room").GetString().ShouldBe("12");
        user.GetProperty("groups_obj")[0].GetProperty("name").GetString().ShouldBe("family");
        var again = await _site.GetAsync($"core/users/{user.GetProperty("pk").GetInt64()}/");
        JsonElement.DeepEquals(again.Body, user).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_are_never_used_again()
    {
        var first = await _site.AddUserAsync("anna");
        var uid = (await _site.GetAsync($"core/users/{first}/")).Body.GetProperty("uid").GetString();
        (await _site.DeleteAsync($"core/users/{first}/")).Status.ShouldBe(204);

        var second = await _site.AddUserAsync("anna");

        second.ShouldBeGreaterThan(first);
        (await _site.GetAsync($"core/users/{second}/")).Body.GetProperty("uid").GetString().ShouldNotBe(uid);
    }

    [Theory]
    [InlineData("""{"username":"ANNA","name":"x"}""", "username", "already exists")]
    [InlineData("""{"username":"Ａｎｎａ","name":"x"}""", "username", "already exists")]
    [InlineData("""{"username":"","name":"x"}""", "username", "blank")]
    [InlineData("""{"name":"x"}""", "username", "required")]
    [InlineData("""{"username":"x"}""", "name", "required")]
    [InlineData("""{"username":"anna@lab.example","name":"x"}""", "username", "e-mail address of another user")]
    [InlineData("""{"username":"x","name":"x","email":"nonsense"}""", "email", "valid email")]
    [InlineData("""{"username":"x","name":"x","path":"a//b"}""", "path", "empty segments")]
    [InlineData("""{"username":"x","name":"x","type":"robot"}""", "type", "not a valid choice")]
    [InlineData("""{"username":"x","name":"x","type":"internal_service_account"}""", "type", "not built yet")]
    [InlineData("""{"username":"x","name":"x","roles":["0198c0de-0000-7000-8000-000000000000"]}""", "roles", "not built yet")]
    [InlineData("""{"username":"x","name":"x","groups":["0198c0de-0000-7000-8000-000000000000"]}""", "groups", "does not exist")]
    [InlineData("""{"username":"x","name":"x","attributes":[]}""", "attributes", "dictionary")]
    [InlineData("""{"username":"x","name":"x","last_login":"yesterday"}""", "last_login", "date and time")]
    public async Task A_wrong_field_is_refused_with_a_sentence(string input, string field, string message)
    {
        await _site.AddUserAsync("anna", """, "email": "anna@lab.example" """);

        var reply = await _site.PostAsync("core/users/", input);

        reply.Status.ShouldBe(400);
        reply.Error(field).ShouldContain(message);
    }

    [Fact]
    public async Task A_change_keeps_what_was_not_sent_and_replaces_what_was()
    {
        var family = await _site.AddGroupAsync("family");
        var guests = await _site.AddGroupAsync("guests");
        var pk = await _site.AddUserAsync("anna", $$""", "groups": ["{{family}}"], "email": "anna@lab.example" """);
        _site.Time.Advance(TimeSpan.FromMinutes(5));

        var patched = await _site.PatchAsync($"core/users/{pk}/", $$"""{"groups":["{{guests}}"],"last_login":"2026-02-03T04:05:06Z"}""");

        patched.Body.GetProperty("groups")[0].GetString().ShouldBe(guests);
        patched.Body.GetProperty("groups").GetArrayLength().ShouldBe(1);
        patched.Body.GetProperty("email").GetString().ShouldBe("anna@lab.example");
        patched.Body.GetProperty("last_login").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        patched.Body.GetProperty("last_updated").GetDateTimeOffset().ShouldBe(_site.Time.GetUtcNow());
        var put = await _site.SendAsync("PUT", $"core/users/{pk}/", """{"username":"anna","name":"Anna","groups":[]}""", DirectorySite.AdminKey);
        put.Status.ShouldBe(200);
        put.Body.GetProperty("groups").GetArrayLength().ShouldBe(0);
        (await _site.EventsAsync("model_updated")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("username=ANNA", "anna")]
    [InlineData("email=Anna@Lab.Example", "anna")]
    [InlineData("name=Berta", "berta")]
    [InlineData("is_active=false", "carl")]
    [InlineData("is_superuser=true", "akadmin")]
    [InlineData("type=external&type=service_account", "berta,carl")]
    [InlineData("path=people/berlin", "berta")]
    [InlineData("path_startswith=people/", "anna,berta")]
    [InlineData("groups_by_name=family&groups_by_name=guests", "anna,berta")]
    [InlineData("last_login__isnull=false", "anna")]
    [InlineData("last_login__gt=2026-01-01T00:00:00Z", "anna")]
    [InlineData("last_login__lt=2026-01-01T00:00:00Z", "")]
    [InlineData("last_login=2026-02-01T00:00:00Z", "anna")]
    [InlineData("date_joined__gt=2026-03-01T12:00:01Z", "")]
    [InlineData("date_joined__lt=2026-03-01T12:00:01Z&type=internal", "akadmin,anna")]
    [InlineData("last_updated__gt=2026-03-01T12:00:01Z", "")]
    [InlineData("roles_by_name=any", "")]
    [InlineData("search=BERT", "berta")]
    [InlineData("search=ärger", "carl")]
    [InlineData("search=lab.example&ordering=-username", "berta,anna")]
    [InlineData("ordering=-email&path_startswith=people", "berta,anna")]
    [InlineData("page=2&page_size=3", "carl")]
    public async Task The_list_can_be_narrowed_and_ordered(string query, string expected)
    {
        var family = await _site.AddGroupAsync("family");
        var guests = await _site.AddGroupAsync("guests");
        await _site.AddUserAsync("anna", $$""", "email":"anna@lab.example","path":"people/x","groups":["{{family}}","{{guests}}"],"last_login":"2026-02-01T00:00:00Z" """);
        var berta = await _site.AddUserAsync("berta", $$""", "email":"berta@lab.example","path":"people/berlin","type":"external","groups":["{{guests}}"] """);
        await _site.PatchAsync($"core/users/{berta}/", """{"name":"Berta"}""");
        var carl = await _site.AddUserAsync("carl", """, "type":"service_account","is_active":false """);
        await _site.PatchAsync($"core/users/{carl}/", """{"name":"ÄRGER"}""");

        var reply = await _site.GetAsync("core/users/?" + query);

        reply.Status.ShouldBe(200, reply.ToString());
        string.Join(',', reply.Names("username")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("uuid=nonsense")]
    [InlineData("is_active=perhaps")]
    [InlineData("attributes={}")]
    [InlineData("date_joined__gt=soon")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query)
    {
        var reply = await _site.GetAsync("core/users/?" + query);

        reply.Status.ShouldBe(400);
        reply.Body.EnumerateObject().Single().Name.ShouldBe(query.Split('=')[0]);
    }

    [Fact]
    public async Task Groups_and_roles_are_left_out_when_asked()
    {
        var reply = await _site.GetAsync("core/users/?include_groups=false&include_roles=false");

        var user = reply.Body.GetProperty("results")[0];
        user.GetProperty("groups_obj").ValueKind.ShouldBe(JsonValueKind.Null);
        user.GetProperty("roles_obj").ValueKind.ShouldBe(JsonValueKind.Null);
        user.GetProperty("groups").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_last_active_superuser_stays()
    {
        (await _site.DeleteAsync("core/users/1/")).Error("non_field_errors").ShouldContain("Nobody could administer");
        (await _site.PatchAsync("core/users/1/", """{"is_active":false}""")).Error("is_active").ShouldContain("Nobody could administer");
        (await _site.PatchAsync("core/users/1/", """{"groups":[]}""")).Error("groups").ShouldContain("Nobody could administer");
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();
        var sleeping = await _site.AddUserAsync("sleeping", $$""", "groups":["{{admins}}"],"is_active":false """);
        (await _site.PatchAsync("core/users/1/", """{"is_active":false}""")).Status.ShouldBe(400);

        (await _site.PatchAsync($"core/users/{sleeping}/", """{"is_active":true}""")).Status.ShouldBe(200);

        (await _site.PatchAsync("core/users/1/", """{"groups":[]}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Disabling_and_deleting_end_everything_of_the_user()
    {
        var pk = await _site.AddUserAsync("anna");

        await _site.PatchAsync($"core/users/{pk}/", """{"is_active":false}""");
        (await _site.ChangesAsync()).Count(c => c == $"user_end {pk}").ShouldBe(1);

        await _site.DeleteAsync($"core/users/{pk}/");
        (await _site.ChangesAsync()).Count(c => c == $"user_end {pk}").ShouldBe(2);
        (await _site.EventsAsync("model_deleted")).ShouldHaveSingleItem().ShouldContain("anna");
        (await _site.GetAsync($"core/users/{pk}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Used_by_names_tokens_and_groups()
    {
        var pk = await _site.AddUserAsync("anna");
        await _site.AddGroupAsync("family", $$""", "users":[{{pk}}] """);
        await _site.AddTokenAsync(pk, "annas-key");

        var reply = await _site.GetAsync($"core/users/{pk}/used_by/");

        reply.Body.EnumerateArray().Select(u => $"{u.GetProperty("model_name")} {u.GetProperty("name")} {u.GetProperty("action")}")
            .ShouldBe(["token annas-key cascade", "group family cascade_many"]);
    }

    [Fact]
    public async Task Set_password_looks_at_the_password()
    {
        var pk = await _site.AddUserAsync("anna");

        (await _site.PostAsync($"core/users/{pk}/set_password/", """{"password":"short"}""")).Error("password").ShouldContain("too short");
        (await _site.PostAsync($"core/users/{pk}/set_password/", """{"password":"password"}""")).Error("password").ShouldContain("tried first");
        (await _site.PostAsync("core/users/4711/set_password/", """{"password":"correct horse battery"}""")).Status.ShouldBe(404);
        (await _site.PostAsync($"core/users/{pk}/set_password/", """{"password":"correct horse battery"}""")).Status.ShouldBe(204);

        var account = await _site.Get<People>().FindAsync(pk, DirectorySite.Ct);
        (await _site.Get<Passwords>().VerifyAsync(account, "correct horse battery", DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Right);
    }

    [Fact]
    public async Task Paths_are_listed_once()
    {
        await _site.AddUserAsync("anna", """, "path":"people" """);
        await _site.AddUserAsync("bert", """, "path":"people" """);

        var paths = (await _site.GetAsync("core/users/paths/")).Body.GetProperty("paths");

        paths.EnumerateArray().Select(p => p.GetString()).ShouldBe(["people", "users"]);
    }

    [Fact]
    public async Task An_admin_at_a_browser_proves_again_who_they_are_before_changing_admins()
    {
        var users = _site.Get<Users>();
        var stale = _site.Browser(TimeSpan.FromMinutes(16));
        var fresh = _site.Browser(TimeSpan.FromMinutes(14));
        var anna = await _site.AddUserAsync("anna");
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();
        var rise = JsonElement.Parse($$"""{"groups":["{{admins}}"]}""");

        (await UpdateAsync(stale, anna, JsonElement.Parse("""{"name":"Anna"}"""))).Value.ShouldNotBeNull();
        (await UpdateAsync(stale, anna, rise)).Code.ShouldBe(StepUp.Code);
        (await UpdateAsync(stale, 1, JsonElement.Parse("""{"email":"a@b.example"}"""))).Code.ShouldBe(StepUp.Code);
        (await UpdateAsync(fresh, anna, rise)).Value.ShouldNotBeNull().IsSuperuser.ShouldBeTrue();
        (await users.DeleteAsync(stale, Actor.Server, $"{anna}", DirectorySite.Ct)).Code.ShouldBe(StepUp.Code);

        Task<Outcome<User>> UpdateAsync(Caller caller, long pk, JsonElement input) =>
            users.UpdateAsync(caller, Actor.Server, $"{pk}", input, isPartial: true, DirectorySite.Ct);
    }
}
