using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>What the type <c>service_account</c> does: docs/decisions/0007-service-accounts.md.</summary>
public sealed class ServiceAccountTests
{
    [Fact]
    public async Task A_service_account_signs_in_with_tokens_alone()
    {
        await using var site = await FlowSite.StartAsync();
        var robot = await site.AddUserAsync("robot");
        using var open = await site.SignedInAsync("robot");
        (await open.GetAsync("/if/user/")).Status.ShouldBe(200);

        (await site.ApiAsync("PATCH", $"core/users/{robot.Pk}/", """{"type":"service_account"}""")).Status.ShouldBe(200);

        (await open.GetAsync("/if/user/")).Status.ShouldBe(303, "its session is over");
        (await site.CountAsync("session")).ShouldBe(0);
        using var browser = site.Browse();
        var right = await browser.SignInAsync("robot", FlowSite.Password);
        right.Status.ShouldBe(422);
        using var other = site.Browse();
        (await other.SignInAsync("robot", "wrong")).Text.ShouldBe(right.Text, "the page tells nobody that the password was right");
        (await site.EventsAsync("login_failed")).ShouldContain(e => e.Context.Contains("service account", StringComparison.Ordinal));

        (await site.ApiAsync("POST", "core/tokens/", $$"""{"identifier":"robots","user":{{robot.Pk}}}""")).Status.ShouldBe(201);
        var key = (await site.ApiAsync("GET", "core/tokens/robots/view_key/")).Json.GetProperty("key").GetString();
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        (await client.GetStringAsync("/api/v3/core/users/me/", TestContext.Current.CancellationToken)).ShouldContain("\"robot\"");

        (await site.ApiAsync("PATCH", $"core/users/{robot.Pk}/", """{"type":"internal"}""")).Status.ShouldBe(200);
        (await browser.SignInAsync("robot", FlowSite.Password)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_service_account_gets_no_password()
    {
        await using var site = await FlowSite.StartAsync();
        var made = await site.ApiAsync("POST", "core/users/", """{"username":"robot","name":"Robot","type":"service_account"}""");
        var path = $"core/users/{made.Json.GetProperty("pk").GetInt64()}/";

        var refused = await site.ApiAsync("POST", path + "set_password/", """{"password":"a quiet harbour at dawn"}""");

        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("password")[0].GetString()!.ShouldContain("signs in with tokens");
        using var admin = await site.SignedInAsync();
        (await admin.GetAsync($"/if/admin/users/{made.Json.GetProperty("pk")}/")).Html.ShouldNotContain("/password/");
    }

    [Fact]
    public async Task The_last_admin_stays_a_person()
    {
        await using var site = await FlowSite.StartAsync();
        var admins = (await site.ApiAsync("GET", "core/groups/?search=authentik")).Json.GetProperty("results")[0].GetProperty("pk").GetString();
        (await site.ApiAsync("POST", "core/users/", $$"""{"username":"robot","name":"Robot","type":"service_account","groups":["{{admins}}"]}""")).Status.ShouldBe(201);

        var refused = await site.ApiAsync("PATCH", "core/users/1/", """{"type":"service_account"}""");

        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("type")[0].GetString()!.ShouldContain("Nobody could administer");
    }
}
