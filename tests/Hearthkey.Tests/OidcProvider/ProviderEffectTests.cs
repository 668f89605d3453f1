using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>Fields of a provider do what they say.</summary>
public sealed class ProviderEffectTests
{
    [Fact]
    public async Task People_sign_in_by_the_providers_own_flow()
    {
        await using var site = await ProviderSite.StartAsync();
        var flow = await site.CreateAsync("flows/instances/", new JsonObject
        {
            ["name"] = "Guests",
            ["slug"] = "guests",
            ["title"] = "Guests",
            ["designation"] = "authentication",
        });
        var app = await TestApp.RegisterAsync(site, body => body["authentication_flow"] = flow["pk"]!.GetValue<string>());
        var other = await TestApp.RegisterAsync(site, name: "Other", slug: "other");

        using var answer = await app.AuthorizeAsync(null);
        using var usual = await other.AuthorizeAsync(null);

        answer.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/guests/?next=");
        usual.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/default-authentication-flow/?next=");
    }

    [Theory]
    [InlineData(9, HttpStatusCode.OK)]
    [InlineData(10, HttpStatusCode.BadRequest)]
    public async Task A_code_lives_as_long_as_the_provider_says(int seconds, HttpStatusCode expected)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_code_validity"] = "seconds=10");
        var code = await app.CodeAsync(await site.SignInAsync(ProviderSite.Admin));

        site.Time.Advance(TimeSpan.FromSeconds(seconds));

        (await app.RedeemAsync(code)).Status.ShouldBe(expected);
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
}
