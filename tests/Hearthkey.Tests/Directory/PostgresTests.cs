using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Directory;

/// <summary>Every statement of Directory once on PostgreSQL; what they mean is told by the tests on SQLite.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() =>
        _site = await DirectorySite.StartAsync(null, [.. PostgresServer.SettingsOf(await PostgresServer.NewDatabaseAsync())]);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Users_are_listed_by_every_filter_order_and_search()
    {
        var family = await _site.AddGroupAsync("family");
        await _site.AddUserAsync("ärger", $$""", "groups":["{{family}}"],"path":"people/x","email":"anna@lab.example" """);

        (await NamesAsync("core/users/?username=ÄRGER&email=anna@lab.example&name=ärger&is_active=true&is_superuser=false", "username")).ShouldBe("ärger");
        (await NamesAsync($"core/users/?path=people/x&path_startswith=peo&type=internal&type=external&groups_by_pk={family}", "username")).ShouldBe("ärger");
        (await NamesAsync("core/users/?groups_by_name=FAMILY&groups_by_name=other&last_login__isnull=true", "username")).ShouldBe("ärger");
        (await NamesAsync("core/users/?is_superuser=true&date_joined__lt=2030-01-01&last_updated__gt=2020-01-01", "username")).ShouldBe("akadmin");
        (await NamesAsync("core/users/?last_login__gt=2020-01-01", "username")).ShouldBe("");
        (await NamesAsync("core/users/?roles_by_name=any", "username")).ShouldBe("");
        foreach (var order in new[] { "username", "name", "email", "is_active", "date_joined", "last_login", "last_updated", "path", "type", "pk", "uuid" })
            (await _site.GetAsync($"core/users/?search=ÄRG&ordering=-{order}")).Names("username").ShouldBe(["ärger"]);
        (await _site.GetAsync("core/users/paths/?search=PEO")).Body.GetProperty("paths").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Events_are_limited_and_found_by_what_they_concern()
    {
        var audit = _site.Get<AuditLog>();
        await _site.Store.WriteAsync(
            async db =>
            {
                for (var i = 0; i < 120; i++)
                    await audit.AppendCoalescedAsync(db, "login_failed", "x", Actor.Unknown($"2001:db8::{i}"), "user/7", new JsonObject { ["i"] = i });
                return true;
            },
            DirectorySite.Ct);

        (await _site.EventsAsync("login_failed")).Count.ShouldBe(101);
        var latest = await _site.Store.ReadAsync(db => audit.LatestAsync(db, "login_failed", "user/7", DirectorySite.Start.AddDays(-1), 20), DirectorySite.Ct);
        latest.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Groups_and_members_change()
    {
        var anna = await _site.AddUserAsync("anna");
        var house = await _site.AddGroupAsync("house");
        var family = await _site.AddGroupAsync("family", $$""", "parents":["{{house}}"],"users":[{{anna}}] """);
        var admins = (await _site.GetAsync("core/users/1/")).Body.GetProperty("groups")[0].GetString();

        (await NamesAsync($"core/groups/?name=FAMILY&is_superuser=false&members_by_pk={anna}&members_by_username=ANNA", "name")).ShouldBe("family");
        foreach (var order in new[] { "name", "is_superuser", "num_pk", "pk" })
            (await _site.GetAsync($"core/groups/?search=FAM&ordering={order}")).Names("name").ShouldBe(["family"]);
        (await _site.PostAsync($"core/groups/{family}/remove_user/", $$"""{"pk":{{anna}}}""")).Status.ShouldBe(204);
        (await _site.PostAsync($"core/groups/{family}/add_user/", $$"""{"pk":{{anna}}}""")).Status.ShouldBe(204);
        (await _site.PatchAsync($"core/groups/{family}/", """{"parents":[],"users":[],"name":"kin"}""")).Status.ShouldBe(200);
        (await _site.PatchAsync($"core/groups/{admins}/", """{"users":[]}""")).Status.ShouldBe(400);
        (await _site.DeleteAsync($"core/groups/{admins}/")).Status.ShouldBe(400);
        (await _site.GetAsync($"core/groups/{house}/used_by/")).Status.ShouldBe(200);
        (await _site.DeleteAsync($"core/groups/{family}/")).Status.ShouldBe(204);
        (await _site.DeleteAsync("core/users/1/")).Status.ShouldBe(400);
        (await _site.PatchAsync($"core/users/{anna}/", """{"is_active":false}""")).Status.ShouldBe(200);
        (await _site.DeleteAsync($"core/users/{anna}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Tokens_and_passwords_are_made_used_and_swept()
    {
        var anna = await _site.AddUserAsync("anna", """, "email":"anna@lab.example" """);
        var key = await _site.AddTokenAsync(anna, "annas", """, "expires":"2026-03-01T13:00:00Z" """);
        (await _site.GetAsync("core/users/me/", key)).Status.ShouldBe(200);
        (await _site.PostAsync("core/tokens/annas/set_key/", """{"key":"a-key-that-is-long-enough-for-it"}""")).Status.ShouldBe(204);
        (await _site.PatchAsync("core/tokens/annas/", """{"description":"Two"}""")).Status.ShouldBe(200);
        (await NamesAsync("core/tokens/?identifier=annas&description=Two&intent=api&expiring=true&user__username=ANNA", "identifier")).ShouldBe("annas");
        foreach (var order in new[] { "identifier", "expires", "expiring", "intent", "description", "managed", "user__username" })
            (await _site.GetAsync($"core/tokens/?search=tWO&ordering={order}")).Names("identifier").ShouldBe(["annas"]);
        (await _site.PostAsync("core/tokens/", """{"identifier":"annas"}""")).Error("identifier").ShouldContain("already exists");

        (await _site.PostAsync($"core/users/{anna}/set_password/", """{"password":"correct horse battery"}""")).Status.ShouldBe(204);
        var account = await _site.Get<People>().FindByLoginAsync("anna@lab.example", true, true, DirectorySite.Ct);
        (await _site.Get<Passwords>().VerifyAsync(account, "correct horse battery", DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Right);
        (await _site.GetAsync("core/users/me/", "no key")).Status.ShouldBe(403);
        _site.Time.Advance(TimeSpan.FromHours(2));
        await _site.Services.GetServices<Periodic>().Single(p => p.Name == "sweep expired tokens").RunAsync(DirectorySite.Ct);
        (await _site.GetAsync("core/tokens/annas/")).Status.ShouldBe(404);
    }

    private async Task<string> NamesAsync(string path, string field) => string.Join(',', (await _site.GetAsync(path)).Names(field));
}
