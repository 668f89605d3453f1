using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>What each setting of a provider does, seen by its app; those with tests of their own stand there.</summary>
public sealed class ProviderFieldsTests
{
    private const string Offline = "openid offline_access";

    [Fact]
    public async Task People_sign_in_by_the_providers_own_flow()
    {
        await using var site = await ProviderSite.StartAsync();
        var flow = await site.AddFlowAsync("guests", "authentication");
        var app = await TestApp.RegisterAsync(site, body => body["authentication_flow"] = flow);
        var other = await TestApp.RegisterAsync(site, name: "Other", slug: "other");

        using var answer = await app.AuthorizeAsync(null);
        using var usual = await other.AuthorizeAsync(null);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/guests/?next=");
        usual.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/default-authentication-flow/?next=");
    }

    [Fact]
    public async Task Signing_out_goes_through_the_providers_own_flow()
    {
        await using var site = await ProviderSite.StartAsync();
        var flow = await site.AddFlowAsync("farewell", "invalidation");
        var app = await TestApp.RegisterAsync(site, body => body["invalidation_flow"] = flow);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var tokens = await app.TokensAsync(cookie);

        using var answer = await site.SendAsync(HttpMethod.Get, $"/application/o/grafana/end-session/?id_token_hint={tokens["id_token"]}", cookie: cookie);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/farewell/");
    }

    [Fact]
    public async Task Without_the_refresh_grant_an_app_refreshes_nothing()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var token = (await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), "openid offline_access"))["refresh_token"]!.GetValue<string>();

        await site.PatchAsync($"providers/oauth2/{app.Pk}/", new JsonObject { ["grant_types"] = new JsonArray("authorization_code") });

        var (status, body) = await app.RefreshAsync(token);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().ShouldBe("unauthorized_client");
    }

    [Fact]
    public async Task An_app_is_told_what_its_mappings_give()
    {
        await using var site = await ProviderSite.StartAsync();
        var email = (await site.GetAsync("propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-email"))["results"]![0]!["pk"]!.GetValue<string>();
        var openid = (await site.GetAsync("propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-openid"))["results"]![0]!["pk"]!.GetValue<string>();
        var app = await TestApp.RegisterAsync(site, body => body["property_mappings"] = new JsonArray(openid, email));

        var claims = (await app.UserInfoAsync(await app.TokensAsync(await site.SignInAsync(await site.AddUserAsync("mara"))))).Body!;

        claims["email"]!.GetValue<string>().ShouldBe("mara@home.test");
        claims.AsObject().ContainsKey("preferred_username").ShouldBeFalse("the mapping of profile is not chosen");
    }

    [Theory]
    [InlineData("any", HttpStatusCode.Redirect)]
    [InlineData("all", HttpStatusCode.Forbidden)]
    public async Task The_mode_of_an_application_says_whether_one_binding_is_enough(string mode, HttpStatusCode expected)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.PatchAsync($"core/applications/{app.Slug}/", new JsonObject { ["policy_engine_mode"] = mode });
        await app.BindAsync(await site.AddGroupAsync("Family"));
        await app.BindAsync(await site.AddGroupAsync("Crew"), order: 1);

        using var answer = await app.AuthorizeAsync(await site.SignInAsync(await site.AddUserAsync("mara", "Family")));

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "invalid_grant")]
    public async Task A_code_lives_as_long_as_the_provider_says(int seconds, string? error)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_code_validity"] = "seconds=10");
        var code = await app.CodeAsync(await site.SignInAsync(ProviderSite.Admin));

        site.Time.Advance(TimeSpan.FromSeconds(seconds));

        var (status, body) = await app.RedeemAsync(code);
        status.ShouldBe(error is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        (body["error"]?.GetValue<string>()).ShouldBe(error);
    }

    [Theory]
    [InlineData(119, HttpStatusCode.OK)]
    [InlineData(121, HttpStatusCode.BadRequest)]
    public async Task A_refresh_token_lives_as_long_as_the_provider_says(int minutes, HttpStatusCode expected)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["refresh_token_validity"] = "hours=2");
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), "openid offline_access");

        site.Time.Advance(TimeSpan.FromMinutes(minutes));

        (await app.RefreshAsync(tokens["refresh_token"]!.GetValue<string>())).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task The_validity_of_an_access_token_is_said_and_kept()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_token_validity"] = "minutes=3");
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));

        tokens["expires_in"]!.GetValue<int>().ShouldBe(180);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
        site.Time.Advance(TimeSpan.FromMinutes(4));
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_validity_of_a_refresh_token_counts_from_its_last_rotation()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["refresh_token_validity"] = "hours=2");
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), Offline);

        site.Time.Advance(TimeSpan.FromMinutes(90));
        var (status, rotated) = await app.RefreshAsync(Refresh(tokens));
        status.ShouldBe(HttpStatusCode.OK, rotated.ToJsonString());
        site.Time.Advance(TimeSpan.FromMinutes(90));
        (_, rotated) = await app.RefreshAsync(Refresh(rotated));
        site.Time.Advance(TimeSpan.FromMinutes(150));
        (await app.RefreshAsync(Refresh(rotated))).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_is_kept_until_less_than_the_threshold_is_left_of_it()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body =>
        {
            body["refresh_token_validity"] = "hours=2";
            body["refresh_token_threshold"] = "hours=1";
        });
        var token = Refresh(await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), Offline));

        var early = (await app.RefreshAsync(token)).Body;
        site.Time.Advance(TimeSpan.FromMinutes(70));
        var late = (await app.RefreshAsync(token)).Body;

        (early["refresh_token"]?.GetValue<string>() ?? token).ShouldBe(token);
        Refresh(late).ShouldNotBe(token);
    }

    private static string Refresh(JsonNode tokens) => tokens["refresh_token"]!.GetValue<string>();
}
