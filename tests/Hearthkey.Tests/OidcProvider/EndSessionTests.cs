using System.Net;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>RP-Initiated Logout §2.</summary>
public sealed class EndSessionTests
{
    private const string After = "https://grafana.test/bye";

    [Fact]
    public async Task Signing_out_at_an_app_ends_its_grants_and_leads_through_the_invalidation_flow_back_to_it()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri(After, type: "logout")));
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var tokens = await app.TokensAsync(cookie);
        var query = $"?id_token_hint={tokens["id_token"]}&post_logout_redirect_uri={Uri.EscapeDataString(After)}&state=s2";

        using var asked = await site.SendAsync(HttpMethod.Get, "/application/o/grafana/end-session/" + query, cookie: cookie);
        var location = asked.Headers.Location!.OriginalString;
        using var done = await site.SendAsync(HttpMethod.Get, Uri.UnescapeDataString(location.Split("next=")[1].Split('&')[0]), cookie: cookie);

        location.ShouldStartWith("/if/flow/default-provider-invalidation-flow/");
        done.Headers.Location!.OriginalString.ShouldBe(After + "?state=s2");
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_hint_of_another_session_ends_nothing()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));
        var other = await site.SignInAsync(await site.AddUserAsync("mara"));

        using var asked = await site.SendAsync(HttpMethod.Get, $"/application/o/grafana/end-session/?id_token_hint={tokens["id_token"]}", cookie: other);

        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_is_not_registered_is_a_page_and_never_a_redirect()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri(After, type: "logout")));
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));

        using var response = await site.SendAsync(HttpMethod.Get,
            $"/application/o/grafana/end-session/?id_token_hint={tokens["id_token"]}&post_logout_redirect_uri=https%3A%2F%2Fevil.test%2F");
        using var badHint = await site.SendAsync(HttpMethod.Get, "/application/o/grafana/end-session/?id_token_hint=x.y.z");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
        badHint.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
