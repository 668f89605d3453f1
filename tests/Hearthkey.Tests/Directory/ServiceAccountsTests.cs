using System.Text.Json;

namespace Hearthkey.Tests.Directory;

public sealed class ServiceAccountsTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task One_request_makes_an_account_a_group_and_an_app_password()
    {
        var made = await _site.PostAsync("core/users/service_account/", """{"name":"backup","create_group":true}""");

        made.Status.ShouldBe(200, made.ToString());
        var pk = made.Body.GetProperty("user_pk").GetInt64();
        var user = (await _site.GetAsync($"core/users/{pk}/")).Body;
        user.GetProperty("type").GetString().ShouldBe("service_account");
        user.GetProperty("uid").GetString().ShouldBe(made.Body.GetProperty("user_uid").GetString());
        user.GetProperty("groups")[0].GetString().ShouldBe(made.Body.GetProperty("group_pk").GetString());
        var token = (await _site.GetAsync("core/tokens/?intent=app_password")).Body.GetProperty("results")[0];
        token.GetProperty("user").GetInt64().ShouldBe(pk);
        token.GetProperty("expires").GetDateTimeOffset().ShouldBe(DirectorySite.Start + TimeSpan.FromDays(365));
        var key = (await _site.GetAsync($"core/tokens/{token.GetProperty("identifier").GetString()}/view_key/")).Body.GetProperty("key").GetString();
        made.Body.GetProperty("token").GetString().ShouldBe(key);
    }

    [Fact]
    public async Task Its_app_password_lasts_as_long_as_was_asked_for()
    {
        (await _site.PostAsync("core/users/service_account/", """{"name":"ever","expiring":false}""")).Body.TryGetProperty("group_pk", out _).ShouldBeFalse();
        await _site.PostAsync("core/users/service_account/", """{"name":"soon","expires":"2026-04-01T00:00:00Z"}""");

        (await _site.GetAsync("core/tokens/?user__username=ever")).Body.GetProperty("results")[0].GetProperty("expires").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _site.GetAsync("core/tokens/?user__username=soon")).Body.GetProperty("results")[0].GetProperty("expires").GetDateTimeOffset().ShouldBe(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"name":"akadmin"}""", "name")]
    [InlineData("""{"name":"taken","create_group":true}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"old","expires":"2020-01-01T00:00:00Z"}""", "expires")]
    public async Task What_cannot_be_made_leaves_nothing_behind(string input, string field)
    {
        await _site.AddGroupAsync("taken");

        var reply = await _site.PostAsync("core/users/service_account/", input);

        reply.Status.ShouldBe(400, reply.ToString());
        reply.Error(field).ShouldNotBeEmpty();
        (await _site.GetAsync("core/users/?type=service_account")).Names("username").ShouldBeEmpty();
    }
}
