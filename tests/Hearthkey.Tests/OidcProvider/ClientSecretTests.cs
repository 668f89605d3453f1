using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Resources;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>Client secrets: who reads them, how good they must be, and what guessing costs (DESIGN 6.9, 6.11).</summary>
public sealed class ClientSecretTests
{
    [Fact]
    public async Task A_browser_reads_a_secret_only_after_a_recent_proof_and_whoever_reads_it_leaves_an_event()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        (await site.EventsAsync("secret_view")).ShouldBeEmpty("making one is not seeing one");

        (await SecretAsync(site, $"providers/oauth2/{app.Pk}/", cookie)).ShouldBe(app.Secret);
        (await SecretAsync(site, $"providers/oauth2/{app.Pk}/", cookie)).ShouldBe(app.Secret);

        var seen = (await site.EventsAsync("secret_view")).Single();
        seen["secret"]!["name"]!.GetValue<string>().ShouldBe("grafana-oidc");
        seen.ToJsonString().ShouldNotContain(app.Secret);

        site.Time.Advance(StepUp.Lifetime + TimeSpan.FromSeconds(1));
        (await SecretAsync(site, $"providers/oauth2/{app.Pk}/", cookie)).ShouldBe("");
        (await SecretAsync(site, "providers/oauth2/", cookie)).ShouldBe("");
        (await site.EventsAsync("secret_view")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_api_token_reads_it_and_a_list_is_one_event()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.CreateAsync("providers/oauth2/", await TestApp.BodyAsync(site, "second"));
        site.Time.Advance(StepUp.Lifetime * 2);

        (await site.GetAsync("providers/oauth2/"))["results"]!.AsArray().ShouldAllBe(p => p!["client_secret"]!.GetValue<string>().Length == 128);

        var seen = (await site.EventsAsync("secret_view")).Single();
        seen["providers"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["grafana-oidc", "second"]);

        await site.PatchAsync($"providers/oauth2/{app.Pk}/", new JsonObject());
        (await site.EventsAsync("secret_view")).Count.ShouldBe(2, "an update that changes nothing reads it too");
    }

    [Fact]
    public async Task A_secret_that_is_sent_back_blank_stays()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        await site.PatchAsync($"providers/oauth2/{app.Pk}/", new JsonObject { ["client_secret"] = "", ["name"] = "renamed" });

        (await site.GetAsync($"providers/oauth2/{app.Pk}/"))["client_secret"]!.GetValue<string>().ShouldBe(app.Secret);
    }

    [Theory]
    [InlineData(1, "16 random characters")]
    [InlineData(15, "16 random characters")]
    [InlineData(16, null)]
    public async Task A_secret_that_is_set_by_hand_is_long_enough(int length, string? message)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, await WithKeyAsync(site));

        var (status, body) = await site.ApiAsync(HttpMethod.Patch, $"providers/oauth2/{app.Pk}/", new JsonObject { ["client_secret"] = new string('x', length) });

        status.ShouldBe(message is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, body?.ToJsonString());
        if (message is not null) body!["client_secret"]![0]!.GetValue<string>().ShouldContain(message);
    }

    /// <summary>RFC 7518 §3.2.</summary>
    [Fact]
    public async Task A_secret_that_signs_has_32_bytes()
    {
        await using var site = await ProviderSite.StartAsync();
        var body = await TestApp.BodyAsync(site, "signing");
        body["client_secret"] = new string('x', 31);
        (await site.RefusedAsync("providers/oauth2/", body))["client_secret"]![0]!.GetValue<string>().ShouldContain("32 bytes");
        body["client_secret"] = new string('x', 32);
        await site.CreateAsync("providers/oauth2/", body);

        var app = await TestApp.RegisterAsync(site, await WithKeyAsync(site, b => b["client_secret"] = new string('x', 20)));
        var (status, errors) = await site.ApiAsync(HttpMethod.Patch, $"providers/oauth2/{app.Pk}/", new JsonObject { ["signing_key"] = null });
        status.ShouldBe(HttpStatusCode.BadRequest);
        errors!["client_secret"]![0]!.GetValue<string>().ShouldContain("32 bytes");
    }

    [Fact]
    public async Task A_confidential_client_has_a_secret()
    {
        await using var site = await ProviderSite.StartAsync();
        var change = await WithKeyAsync(site);
        var body = await TestApp.BodyAsync(site);
        change(body);
        body["client_secret"] = "";

        (await site.RefusedAsync("providers/oauth2/", body)).AsObject().Select(e => e.Key).ShouldBe(["client_secret"]);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_a_right_secret_must_wait_as_well()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        for (var i = 0; i < Throttle.AccountLimit; i++) (await TokenAsync(site, app, "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        foreach (var secret in new[] { "wrong", app.Secret })
        {
            var (status, body, wait) = await TokenAsync(site, app, secret);
            status.ShouldBe(HttpStatusCode.TooManyRequests);
            body["error"]!.GetValue<string>().ShouldBe("invalid_client");
            wait.ShouldBe(TimeSpan.FromSeconds(1));
        }

        site.Time.Advance(TimeSpan.FromSeconds(2));
        var after = await TokenAsync(site, app, app.Secret);
        after.Body["error"]!.GetValue<string>().ShouldBe("invalid_grant", "the client is who it says; only its code is none");
    }

    [Fact]
    public async Task A_request_without_a_secret_is_a_mistake_and_no_guess()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        for (var i = 0; i < 3 * Throttle.AccountLimit; i++) (await TokenAsync(site, app, "")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await TokenAsync(site, app, app.Secret)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    private static async Task<Action<JsonObject>> WithKeyAsync(ProviderSite site, Action<JsonObject>? more = null)
    {
        var key = await ProvidersTests.AddKeyAsync(site, "ecdsa");
        return body =>
        {
            body["signing_key"] = key;
            more?.Invoke(body);
        };
    }

    private static async Task<string> SecretAsync(ProviderSite site, string path, string cookie)
    {
        using var response = await site.SendAsync(HttpMethod.Get, "/api/v3/" + path, cookie: cookie);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(ProviderSite.Ct))!;
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return (body["results"]?[0] ?? body)["client_secret"]!.GetValue<string>();
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body, TimeSpan? Wait)> TokenAsync(ProviderSite site, TestApp app, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = app.ClientId,
            ["client_secret"] = secret,
            ["code"] = "x",
            ["redirect_uri"] = TestApp.Callback,
        });
        using var response = await site.SendAsync(HttpMethod.Post, "/application/o/token/", form);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(ProviderSite.Ct))!, response.Headers.RetryAfter?.Delta);
    }
}
