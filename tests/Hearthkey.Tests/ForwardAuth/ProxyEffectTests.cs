using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Fields of a proxy provider do what they say.</summary>
public sealed class ProxyEffectTests
{
    private const string Start = "http://wiki.home.test/outpost.goauthentik.io/start?rd=http://wiki.home.test/";

    [Fact]
    public async Task People_sign_in_by_the_providers_own_flow()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var flow = await site.Server.AddFlowAsync("guests", "authentication");
        await site.ProtectAsync(change: body => body["authentication_flow"] = flow);

        using var answer = await new HomeBrowser(site).GetAsync(await AuthorizeAsync(new HomeBrowser(site)));

        answer.Headers.Location!.OriginalString.ShouldContain("/if/flow/guests/?next=");
    }

    [Fact]
    public async Task An_authorization_flow_with_stages_is_never_skipped()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var flow = await site.Server.AddFlowAsync("asks-first", "authorization");
        var stage = (await site.Server.GetAsync("stages/all/"))["results"]![0]!["pk"]!.GetValue<string>();
        await site.Server.CreateAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = 0 });
        await site.ProtectAsync(change: body => body["authorization_flow"] = flow);
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));

        using var answer = await mara.GetAsync(await AuthorizeAsync(mara));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signing_out_goes_through_the_providers_own_flow()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var flow = await site.Server.AddFlowAsync("farewell", "invalidation");
        await site.ProtectAsync(change: body => body["invalidation_flow"] = flow);
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));

        using var answer = await mara.GetAsync("http://id.test/application/o/wiki/end-session/");

        answer.Headers.Location!.OriginalString.ShouldContain("/if/flow/farewell/");
    }

    [Fact]
    public async Task The_cookie_domain_says_which_hosts_are_covered()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync("lab", "http://auth.lab.home.test", body =>
        {
            body["mode"] = "forward_domain";
            body["cookie_domain"] = "home.test";
        });

        (await site.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://wiki.other.test/")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_mapping_that_is_added_is_asked_for_at_the_login()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var before = await AuthorizeAsync(new HomeBrowser(site));
        var own = (await site.Server.GetAsync($"providers/proxy/{app.Pk}/"))["property_mappings"]!.AsArray().Select(m => (JsonNode)m!.GetValue<string>());
        var offline = (await site.Server.GetAsync("propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-offline_access"))["results"]![0]!["pk"]!.GetValue<string>();

        await site.Server.PatchAsync($"providers/proxy/{app.Pk}/", new JsonObject { ["property_mappings"] = new JsonArray([.. own, offline]) });

        before.ShouldNotContain("offline_access");
        (await AuthorizeAsync(new HomeBrowser(site))).ShouldContain("offline_access");
    }

    private static async Task<string> AuthorizeAsync(HomeBrowser browser)
    {
        using var start = await browser.GetAsync(Start);
        return start.Headers.Location!.OriginalString;
    }
}
