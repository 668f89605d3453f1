using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Brands;

/// <summary>What each setting of a brand does on the pages of its hosts.</summary>
public sealed class BrandFieldsTests
{
    private const string Login = "/if/flow/default-authentication-flow/";

    [Fact]
    public async Task Title_logo_and_favicon_are_seen_on_every_page()
    {
        await using var site = await FlowSite.StartAsync();
        await site.ApiAsync("PATCH", await DefaultAsync(site), """{"branding_title":"House of Mara","branding_logo":"/assets/own-logo.svg","branding_favicon":"/assets/own-icon.svg"}""");
        using var browser = site.Browse();

        var page = await browser.GetAsync(Login);

        page.Html.ShouldContain("House of Mara</title>");
        page.Html.ShouldContain("src=\"/assets/own-logo.svg\"");
        page.Html.ShouldContain("<link rel=\"icon\" href=\"/assets/own-icon.svg\">");
    }

    [Fact]
    public async Task A_brand_is_picked_by_its_domain_and_otherwise_the_default_one_is()
    {
        await using var site = await FlowSite.StartAsync();
        (await site.ApiAsync("POST", "core/brands/", """{"domain":"127.0.0.1","branding_title":"By number"}""")).Status.ShouldBe(201);
        using var browser = site.Browse();

        (await browser.GetAsync(Login)).Html.ShouldContain("By number</title>");
        (await site.ApiAsync("PATCH", await DefaultAsync(site), """{"default":false}""")).Status.ShouldBe(200);
        (await site.ApiAsync("GET", "core/brands/?default=true")).Json.GetProperty("results").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Its_flows_are_where_people_sign_in_and_out_and_the_form_offers_them()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        foreach (var (slug, designation) in new[] { ("own-login", "authentication"), ("own-logout", "invalidation") })
            (await site.ApiAsync("POST", "flows/instances/", $$"""{"name":"{{slug}}","slug":"{{slug}}","title":"{{slug}}","designation":"{{designation}}"}""")).Status.ShouldBe(201);
        var brand = (await DefaultAsync(site)).Split('/')[2];
        var form = await admin.GetAsync($"/if/admin/brands/{brand}/");
        string Choice(string slug) => form.Html[..form.Html.IndexOf($">{slug} (", StringComparison.Ordinal)].Split("value=\"")[^1].Split('"')[0];

        var saved = await admin.SaveAsync(
            $"/if/admin/brands/{brand}/", ("domain", "authentik-default"), ("default", "true"), ("branding_title", "Hearthkey"), ("branding_logo", ""), ("branding_favicon", ""),
            ("flow_authentication", Choice("own-login")), ("flow_invalidation", Choice("own-logout")));

        saved.Status.ShouldBe(303, saved.Text);
        using var browser = site.Browse();
        (await browser.GetAsync("/flows/-/default/authentication/")).Location.ShouldBe("/if/flow/own-login/");
        (await browser.GetAsync("/flows/-/default/invalidation/")).Location.ShouldBe("/if/flow/own-logout/");
    }

    private static async Task<string> DefaultAsync(FlowSite site) =>
        $"core/brands/{(await site.ApiAsync("GET", "core/brands/?default=true")).Json.GetProperty("results")[0].GetProperty("brand_uuid").GetString()}/";
}
