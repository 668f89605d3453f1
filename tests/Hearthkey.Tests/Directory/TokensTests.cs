using System.Text.Json;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Directory;

public sealed class TokensTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_token_lives_a_year_belongs_to_its_maker_and_never_shows_its_key()
    {
        var reply = await _site.PostAsync("core/tokens/", """{"identifier":"terraform","description":"for the lab"}""");

        reply.Status.ShouldBe(201);
        reply.Body.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["pk", "managed", "identifier", "intent", "user", "user_obj", "description", "expires", "expiring"], ignoreOrder: true);
        reply.Body.GetProperty("intent").GetString().ShouldBe("api");
        reply.Body.GetProperty("user").GetInt64().ShouldBe(1);
        reply.Body.GetProperty("user_obj").GetProperty("username").GetString().ShouldBe("akadmin");
        reply.Body.GetProperty("expires").GetDateTimeOffset().ShouldBe(DirectorySite.Start + TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Viewing_a_key_leaves_an_event_without_the_key()
    {
        await _site.PostAsync("core/tokens/", """{"identifier":"terraform"}""");

        var key = (await _site.GetAsync("core/tokens/terraform/view_key/")).Body.GetProperty("key").GetString()!;

        key.Length.ShouldBe(60);
        var about = (await _site.EventsAsync("secret_view")).ShouldHaveSingleItem();
        about.ShouldContain("terraform");
        foreach (var action in new[] { "secret_view", "model_created", "model_updated" })
            (await _site.EventsAsync(action)).ShouldAllBe(e => !e.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_was_set_replaces_the_old_one()
    {
        var old = await _site.AddTokenAsync(1, "terraform");
        const string key = "another-key-of-forty-random-characters-1";

        (await _site.PostAsync("core/tokens/terraform/set_key/", """{"key":"short"}""")).Error("key").ShouldContain("24 random characters");
        (await _site.PostAsync("core/tokens/terraform/set_key/", $$"""{"key":"{{DirectorySite.AdminKey}}"}""")).Error("key").ShouldContain("another key");
        (await _site.PostAsync("core/tokens/terraform/set_key/", $$"""{"key":"{{key}}"}""")).Status.ShouldBe(204);

        (await _site.GetAsync("core/users/me/", key)).Status.ShouldBe(200);
        (await _site.GetAsync("core/users/me/", old)).Status.ShouldBe(403);
        (await _site.EventsAsync("model_updated")).ShouldAllBe(e => !e.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"identifier":"has blanks"}""", "identifier", "letters, numbers")]
    [InlineData("""{"identifier":"terraform"}""", "identifier", "already exists")]
    [InlineData("""{"identifier":"x","intent":"verification"}""", "intent", "not built yet")]
    [InlineData("""{"identifier":"x","intent":"recovery"}""", "intent", "not built yet")]
    [InlineData("""{"identifier":"x","limit_methods":["GET"]}""", "limit_methods", "Only an app password")]
    [InlineData("""{"identifier":"x","intent":"app_password","limit_methods":["GE T"]}""", "limit_methods", "no request method")]
    [InlineData("""{"identifier":"x","intent":"app_password","limit_paths":["("]}""", "limit_paths", "no regular expression")]
    [InlineData("""{"identifier":"x","intent":"app_password","limit_paths":["(?=a)"]}""", "limit_paths", "no regular expression")]
    [InlineData("""{"identifier":"x","intent":"app_password","limit_application":"0198c0de-0000-7000-8000-000000000000"}""", "limit_application", "does not exist")]
    [InlineData("""{"identifier":"x","user":4711}""", "user", "does not exist")]
    [InlineData("""{"identifier":"x","managed":"me"}""", "managed", "not built yet")]
    [InlineData("""{"identifier":"x","expires":"2020-01-01T00:00:00Z"}""", "expires", "past")]
    public async Task A_wrong_field_is_refused_with_a_sentence(string input, string field, string message)
    {
        await _site.AddTokenAsync(1, "terraform");

        var reply = await _site.PostAsync("core/tokens/", input);

        reply.Status.ShouldBe(400);
        reply.Error(field).ShouldContain(message);
    }

    [Theory]
    [InlineData("identifier=second", "second")]
    [InlineData("description=two", "second")]
    [InlineData("intent=app_password", "")]
    [InlineData("intent=api&description=two", "second")]
    [InlineData("expiring=false", "authentik-bootstrap-token")]
    [InlineData("expires=2027-03-01T12:00:00Z", "first")]
    [InlineData("user__username=ANNA", "second")]
    [InlineData("managed=x", "")]
    [InlineData("search=TWO", "second")]
    [InlineData("search=anna", "second")]
    [InlineData("ordering=-expires", "second,first,authentik-bootstrap-token")]
    public async Task The_list_can_be_narrowed_and_ordered(string query, string expected)
    {
        var anna = await _site.AddUserAsync("anna");
        await _site.AddTokenAsync(1, "first");
        await _site.AddTokenAsync(anna, "second", """, "description":"two","intent":"api","expires":"2029-01-01T00:00:00Z" """);

        string.Join(',', (await _site.GetAsync("core/tokens/?" + query)).Names("identifier")).ShouldBe(expected);
    }

    [Fact]
    public async Task An_app_password_is_no_key_of_the_api()
    {
        var key = await _site.AddTokenAsync(1, "phone", """, "intent":"app_password" """);

        (await _site.GetAsync("core/users/me/", key)).Status.ShouldBe(403);
        (await _site.PatchAsync("core/tokens/phone/", """{"intent":"api"}""")).Error("intent").ShouldContain("stays what it is");
    }

    [Fact]
    public async Task Limits_are_told_where_there_are_some()
    {
        var made = await _site.PostAsync("core/tokens/", """{"identifier":"phone","intent":"app_password","limit_methods":["get","HEAD","get"],"limit_paths":[" /api/.* ",""]}""");

        made.Body.GetProperty("limit_methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["GET", "HEAD"]);
        made.Body.GetProperty("limit_paths").EnumerateArray().Select(m => m.GetString()).ShouldBe(["/api/.*"]);
        made.Body.TryGetProperty("limit_application", out _).ShouldBeFalse();
        (await _site.PatchAsync("core/tokens/phone/", """{"limit_methods":[]}""")).Body.TryGetProperty("limit_methods", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_keeps_its_owner()
    {
        var anna = await _site.AddUserAsync("anna");
        await _site.AddTokenAsync(anna, "annas");

        (await _site.PatchAsync("core/tokens/annas/", """{"user":1}""")).Error("user").ShouldContain("keeps its owner");
        (await _site.PatchAsync("core/tokens/annas/", """{"expiring":false,"description":"d"}""")).Body.GetProperty("expires").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_key_ends_with_its_time_its_token_and_its_owner()
    {
        var anna = await _site.AddUserAsync("anna");
        var soon = await _site.AddTokenAsync(anna, "soon", """, "expires":"2026-03-01T13:00:00Z" """);
        var deleted = await _site.AddTokenAsync(anna, "deleted");
        var disabled = await _site.AddTokenAsync(anna, "disabled");
        foreach (var key in new[] { soon, deleted, disabled }) (await _site.GetAsync("core/users/me/", key)).Status.ShouldBe(200);

        _site.Time.Advance(TimeSpan.FromHours(1));
        (await _site.GetAsync("core/users/me/", soon)).Status.ShouldBe(403);
        await _site.DeleteAsync("core/tokens/deleted/");
        (await _site.GetAsync("core/users/me/", deleted)).Status.ShouldBe(403);
        (await _site.GetAsync("core/users/me/", disabled)).Status.ShouldBe(200);
        await _site.PatchAsync($"core/users/{anna}/", """{"is_active":false}""");
        (await _site.GetAsync("core/users/me/", disabled)).Status.ShouldBe(403);
        await _site.PatchAsync($"core/users/{anna}/", """{"is_active":true}""");
        await _site.DeleteAsync($"core/users/{anna}/");
        (await _site.GetAsync("core/users/me/", disabled)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_token_that_does_not_expire_is_good_for_ever()
    {
        var kept = await _site.AddTokenAsync(1, "kept", """, "expiring":false """);
        var usual = await _site.AddTokenAsync(1, "usual");

        _site.Time.Advance(TimeSpan.FromDays(366));

        (await _site.GetAsync("core/users/me/", kept)).Status.ShouldBe(200);
        (await _site.GetAsync("core/users/me/", usual)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Expired_tokens_are_swept()
    {
        await _site.AddTokenAsync(1, "soon", """, "expires":"2026-03-01T13:00:00Z" """);
        await _site.AddTokenAsync(1, "later");
        _site.Time.Advance(TimeSpan.FromHours(2));

        await _site.Services.GetServices<Periodic>().Single(p => p.Name == "sweep expired tokens").RunAsync(DirectorySite.Ct);

        (await _site.GetAsync("core/tokens/")).Names("identifier").ShouldBe(["authentik-bootstrap-token", "later"]);
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down_but_known_keys_still_work()
    {
        (await _site.GetAsync("core/users/me/")).Status.ShouldBe(200);
        for (var i = 0; i < Throttle.AddressLimit; i++) (await _site.GetAsync("core/users/me/", $"guess-{i}")).Status.ShouldBe(403);

        var reply = await _site.GetAsync("core/users/me/", "one more guess");

        reply.Status.ShouldBe(429);
        reply.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        (await _site.GetAsync("core/users/me/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Somebody_at_a_browser_proves_again_who_they_are_before_making_a_token()
    {
        var tokens = _site.Get<Tokens>();
        var input = JsonElement.Parse("""{"identifier":"mine"}""");
        Caller stale = _site.Browser(TimeSpan.FromMinutes(16)), fresh = _site.Browser(TimeSpan.FromMinutes(1));

        (await tokens.CreateAsync(stale, Actor.Server, input, DirectorySite.Ct)).Code.ShouldBe(StepUp.Code);
        (await tokens.CreateAsync(fresh, Actor.Server, input, DirectorySite.Ct)).Value.ShouldNotBeNull();
        (await tokens.DeleteAsync(stale, Actor.Server, "mine", DirectorySite.Ct)).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Somebody_at_a_browser_proves_again_who_they_are_before_seeing_a_key()
    {
        Caller? caller = null;
        await using var site = await DirectorySite.StartAsync(services => services.AddSingleton(new CallerSource(_ => new(caller))));
        caller = site.Browser(TimeSpan.FromMinutes(16));

        var stale = await site.GetAsync("core/tokens/authentik-bootstrap-token/view_key/", key: null);
        stale.Status.ShouldBe(403);
        stale.Body.GetProperty("code").GetString().ShouldBe("step_up_required");

        caller = site.Browser(TimeSpan.FromMinutes(1));
        (await site.GetAsync("core/tokens/authentik-bootstrap-token/view_key/", key: null)).Body.GetProperty("key").GetString().ShouldBe(DirectorySite.AdminKey);
    }
}
