using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>DESIGN 6.6: Chromium applies form-action to the redirects after a form, so the page names where they lead.</summary>
public sealed class FormTargetTests
{
    [Fact]
    public async Task A_page_on_the_way_to_an_app_names_the_validated_redirect_origin()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri("https://[a-z]+\\.graf\\.test/cb", "regex")));

        (await PolicyAsync(site, app.AuthorizeUrl())).ShouldEndWith("; form-action 'self' https://grafana.test");
        (await PolicyAsync(site, app.AuthorizeUrl(redirectUri: "https://beta.graf.test/cb"))).ShouldEndWith("; form-action 'self' https://beta.graf.test https://grafana.test");
        (await PolicyAsync(site, app.AuthorizeUrl(redirectUri: "https://evil.test/cb"))).ShouldEndWith("; form-action 'self'");
        (await PolicyAsync(site, "/application/launch/grafana/")).ShouldEndWith("; form-action 'self' https://grafana.test");
    }

    [Fact]
    public async Task An_app_with_a_scheme_of_its_own_is_named_by_that()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri("app.immich:///oauth-callback")));

        (await PolicyAsync(site, app.AuthorizeUrl(redirectUri: "app.immich:///oauth-callback"))).ShouldEndWith("; form-action 'self' app.immich: https://grafana.test");
    }

    [Fact]
    public async Task A_page_on_the_way_out_of_an_app_names_where_it_may_lead_back_to()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["redirect_uris"]!.AsArray().Add(TestApp.Uri("https://bye.test/", type: "logout")));
        var tokens = await app.TokensAsync(await site.SignInAsync(await site.AddUserAsync("mara")), "openid");
        var hint = tokens["id_token"]!.GetValue<string>();
        var cookie = await site.SignInAsync(ProviderSite.Admin);

        var next = $"/application/o/grafana/end-session/?post_logout_redirect_uri={Uri.EscapeDataString("https://bye.test/")}&id_token_hint={hint}";
        (await PolicyAsync(site, next, "/if/flow/default-invalidation-flow/", cookie)).ShouldEndWith("; form-action 'self' https://bye.test");
    }

    private static async Task<string> PolicyAsync(ProviderSite site, string next, string flow = FlowBrowser.SignInPath, string? cookie = null)
    {
        using var response = await site.SendAsync(HttpMethod.Get, flow + "?next=" + Uri.EscapeDataString(next), cookie: cookie);
        return response.Headers.GetValues("Content-Security-Policy").Single();
    }
}
