namespace Hearthkey.E2E.Api;

/// <summary><c>core/applications</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class ApplicationsTests(ApiHouse house)
{
    private readonly ResourceSteps _applications = new(house.Api, "coreApi.coreApplications", "slug", "applicationRequest");

    [Fact]
    public async Task An_application_lives_from_its_creation_to_its_end()
    {
        var provider = await OAuth2ProvidersTests.AddAsync(house, "app-life");
        var request = new { name = "Life", slug = "app-life", provider, metaLaunchUrl = "https://life.home.test/", metaDescription = "d", metaPublisher = "p", group = "Lab" };

        var made = (await _applications.CreateAsync(request)).ShouldBe(201);
        made.Body!["provider_obj"]!["name"]!.ToString().ShouldBe("app-life");
        made.Body!["launch_url"]!.ToString().ShouldBe("https://life.home.test/");
        (await _applications.RetrieveAsync("app-life")).ShouldBe(200);
        (await _applications.PatchAsync("app-life", new { openInNewTab = true, metaHide = true })).ShouldBe(200).Body!["open_in_new_tab"]!.GetValue<bool>().ShouldBeTrue();
        (await _applications.PutAsync("app-life", new { name = "Life 2", slug = "app-life" })).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("Life 2");
        (await _applications.UsedByAsync("app-life")).ShouldBe(200);
        (await _applications.DeleteAsync("app-life")).ShouldBe(204);
        (await _applications.RetrieveAsync("app-life")).ShouldBe(404);
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        foreach (var slug in new[] { "app-list-a", "app-list-b" }) (await _applications.CreateAsync(new { name = slug, slug, group = "Listed" })).ShouldBe(201);

        (await _applications.NamesAsync("slug", new { group = "Listed", superuserFullList = true })).ShouldBe(["app-list-a", "app-list-b"]);
        (await _applications.NamesAsync("slug", new { search = "APP-LIST", ordering = "-name", superuserFullList = true })).ShouldBe(["app-list-b", "app-list-a"]);
        (await _applications.NamesAsync("slug", new { slug = "app-list-b", superuserFullList = true })).ShouldBe(["app-list-b"]);
        (await _applications.NamesAsync("slug", new { name = "app-list-a", superuserFullList = true })).ShouldBe(["app-list-a"]);
    }

    [Fact]
    public async Task A_person_sees_what_they_may_open_and_nothing_else()
    {
        var user = await house.AddUserAsync("app-person");
        var token = await house.AddTokenAsync(user, "app-person-key");
        var other = await house.AddUserAsync("app-other");
        (await _applications.CreateAsync(new { name = "Mine", slug = "app-mine" })).ShouldBe(201);
        var theirs = (await _applications.CreateAsync(new { name = "Theirs", slug = "app-theirs" })).ShouldBe(201).Body!["pbm_uuid"]!.ToString();
        var bound = await house.Api.CallAsync("policiesApi.policiesBindingsCreate", new { policyBindingRequest = new { target = theirs, user = other, order = 0 } });
        bound.ShouldBe(201);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);

        var seen = (await house.Api.CallAsync("coreApi.coreApplicationsList", new { search = "app-" }, token)).ShouldBe(200).Results.Select(a => a!["slug"]!.ToString()).ToList();
        seen.ShouldContain("app-mine");
        seen.ShouldNotContain("app-theirs");
        (await house.Api.CallAsync("coreApi.coreApplicationsRetrieve", new { slug = "app-theirs" }, token)).ShouldBe(404);
        (await house.Api.CallAsync("coreApi.coreApplicationsPartialUpdate", new { slug = "app-mine", patchedApplicationRequest = new { name = "x" } }, token)).ShouldBe(403);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        (await _applications.CreateAsync(new { name = "Twice", slug = "app-twice" })).ShouldBe(201);

        await _applications.RefusesAsync(new { name = "Twice", slug = "app-twice" }, "slug");
        await _applications.RefusesAsync(new { name = "Odd", slug = "two words" }, "slug");
        await _applications.RefusesAsync(new { name = "", slug = "app-odd" }, "name");
        await _applications.RefusesAsync(new { name = "Odd", slug = "app-odd", provider = 987654 }, "provider");
        await _applications.RefusesAsync(new { name = "Odd", slug = "app-odd", metaLaunchUrl = "javascript:alert(1)" }, "meta_launch_url");
        await _applications.RefusesAsync(new { name = "Odd", slug = "app-odd", backchannelProviders = new[] { 1 } }, "backchannel_providers");
    }
}
