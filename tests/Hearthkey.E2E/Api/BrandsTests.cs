namespace Hearthkey.E2E.Api;

/// <summary><c>core/brands</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class BrandsTests(ApiHouse house)
{
    private readonly ResourceSteps _brands = new(house.Api, "coreApi.coreBrands", "brandUuid", "brandRequest");

    [Fact]
    public async Task A_brand_lives_from_its_creation_to_its_end()
    {
        var pk = (await _brands.CreateAsync(new { domain = "life.home.test", brandingTitle = "Life" })).ShouldBe(201).Body!["brand_uuid"]!.ToString();

        (await _brands.RetrieveAsync(pk)).ShouldBe(200).Body!["branding_title"]!.ToString().ShouldBe("Life");
        (await _brands.PatchAsync(pk, new { brandingTitle = "Lively" })).ShouldBe(200).Body!["domain"]!.ToString().ShouldBe("life.home.test");
        (await _brands.PutAsync(pk, new { domain = "live.home.test" })).ShouldBe(200).Body!["domain"]!.ToString().ShouldBe("live.home.test");
        (await _brands.UsedByAsync(pk)).ShouldBe(200);
        (await _brands.DeleteAsync(pk)).ShouldBe(204);
        (await _brands.RetrieveAsync(pk)).ShouldBe(404);
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        foreach (var domain in new[] { "a.list.test", "b.list.test" }) (await _brands.CreateAsync(new { domain })).ShouldBe(201);

        (await _brands.NamesAsync("domain", new { search = "LIST.test" })).ShouldBe(["a.list.test", "b.list.test"]);
        (await _brands.NamesAsync("domain", new { search = "list.test", ordering = "-domain" })).ShouldBe(["b.list.test", "a.list.test"]);
        (await _brands.NamesAsync("domain", new { domain = "b.list.test" })).ShouldBe(["b.list.test"]);
        (await _brands.NamesAsync("domain", new { _default = true })).ShouldBe(["authentik-default"]);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        await _brands.RefusesAsync(new { domain = "authentik-default" }, "domain");
        await _brands.RefusesAsync(new { domain = "" }, "domain");
        await _brands.RefusesAsync(new { domain = "odd.test", _default = true }, "default");
        await _brands.RefusesAsync(new { domain = "odd.test", brandingLogo = "https://elsewhere.test/a.png" }, "branding_logo");
        await _brands.RefusesAsync(new { domain = "odd.test", brandingCustomCss = "body{}" }, "branding_custom_css");
        await _brands.RefusesAsync(new { domain = "odd.test", flowAuthentication = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11" }, "flow_authentication");
    }

    [Fact]
    public async Task The_brand_of_this_host_is_told_to_anybody() =>
        (await house.Api.CallAsync("coreApi.coreBrandsCurrentRetrieve", token: "")).ShouldBe(200).Body!["matched_domain"]!.ToString().ShouldBe("authentik-default");
}
