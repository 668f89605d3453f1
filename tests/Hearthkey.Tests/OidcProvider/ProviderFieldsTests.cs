using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>What each setting of a provider does, seen by its app; those with tests of their own stand there.</summary>
public sealed class ProviderFieldsTests
{
    private const string Offline = "openid offline_access";

    [Fact]
    public async Task The_authentication_flow_is_where_people_of_this_app_sign_in()
    {
        await using var site = await ProviderSite.StartAsync();
        var flow = await site.CreateAsync("flows/instances/", new JsonObject
        {
            ["name"] = "Staff",
            ["slug"] = "staff",
            ["title"] = "Staff",
            ["designation"] = "authentication",
        });
        var app = await TestApp.RegisterAsync(site, body => body["authentication_flow"] = flow["pk"]!.GetValue<string>());

        using var response = await app.AuthorizeAsync(cookie: null);

        response.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/staff/?next=");
    }

    [Fact]
    public async Task The_validity_of_a_code_is_how_long_it_may_be_redeemed()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_code_validity"] = "minutes=10");
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var (early, late) = (await app.CodeAsync(cookie), await app.CodeAsync(cookie));

        site.Time.Advance(TimeSpan.FromMinutes(9));
        (await app.RedeemAsync(early)).Status.ShouldBe(HttpStatusCode.OK);
        site.Time.Advance(TimeSpan.FromMinutes(2));
        (await app.RedeemAsync(late)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
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
