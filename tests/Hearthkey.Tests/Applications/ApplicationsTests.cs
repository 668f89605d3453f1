using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.Applications;

public sealed class ApplicationsTests
{
    [Fact]
    public async Task An_application_shows_its_provider_and_leads_to_the_origin_of_its_first_redirect_uri()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var shown = await site.GetAsync("core/applications/grafana/");

        shown["provider_obj"]!["name"]!.GetValue<string>().ShouldBe("grafana-oidc");
        shown["provider_obj"]!["assigned_application_slug"]!.GetValue<string>().ShouldBe("grafana");
        shown["provider_obj"]!["component"]!.GetValue<string>().ShouldBe("ak-provider-oauth2-form");
        shown["launch_url"]!.GetValue<string>().ShouldBe("https://grafana.test");
        shown["policy_engine_mode"]!.GetValue<string>().ShouldBe("any");
        await site.PatchAsync("core/applications/grafana/", new JsonObject { ["meta_launch_url"] = "https://grafana.test/d/1", ["meta_icon"] = "/static/icon.png" });
        shown = await site.GetAsync("core/applications/grafana/");
        shown["launch_url"]!.GetValue<string>().ShouldBe("https://grafana.test/d/1");
        shown["meta_icon_url"]!.GetValue<string>().ShouldBe("/static/icon.png");
    }

    [Theory]
    [InlineData("slug", "authorize")]
    [InlineData("slug", "not a slug")]
    [InlineData("meta_launch_url", "javascript:alert(1)")]
    [InlineData("meta_launch_url", "JAVASCRIPT:alert(1)")]
    [InlineData("meta_launch_url", "data:text/html,x")]
    [InlineData("meta_icon", "javascript:alert(1)")]
    [InlineData("meta_icon", "//evil.test/x.png")]
    [InlineData("policy_engine_mode", "some")]
    [InlineData("name", "")]
    public async Task A_wrong_value_is_an_error_of_its_field(string field, string value)
    {
        await using var site = await ProviderSite.StartAsync();
        var body = new JsonObject { ["name"] = "Wiki", ["slug"] = "wiki" };
        body[field] = value;

        var errors = await site.RefusedAsync("core/applications/", body);

        errors.AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task A_provider_belongs_to_one_application_and_a_slug_too()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var errors = await site.RefusedAsync("core/applications/", new JsonObject { ["name"] = "Other", ["slug"] = "other", ["provider"] = app.Pk });
        errors["provider"]![0]!.GetValue<string>().ShouldContain("Grafana");
        (await site.RefusedAsync("core/applications/", new JsonObject { ["name"] = "Other", ["slug"] = "grafana" })).AsObject().ContainsKey("slug").ShouldBeTrue();
        (await site.RefusedAsync("core/applications/", new JsonObject { ["name"] = "Other", ["slug"] = "other", ["provider"] = 999 }))
            .AsObject().ContainsKey("provider").ShouldBeTrue();
        (await site.RefusedAsync("core/applications/", new JsonObject { ["name"] = "Other", ["slug"] = "other", ["backchannel_providers"] = new JsonArray(1) }))
            .AsObject().ContainsKey("backchannel_providers").ShouldBeTrue();
    }

    [Fact]
    public async Task People_see_the_applications_that_they_may_open_and_no_others()
    {
        await using var site = await ProviderSite.StartAsync();
        var open = await TestApp.RegisterAsync(site, name: "Open", slug: "open");
        var closed = await TestApp.RegisterAsync(site, name: "Closed", slug: "closed");
        await site.CreateAsync("core/applications/", new JsonObject { ["name"] = "No address", ["slug"] = "bare" });
        var family = await site.AddGroupAsync("Family");
        await closed.BindAsync(family);
        var mara = await site.AddUserAsync("mara");
        var jon = await site.AddUserAsync("jon", "Family");

        (await SlugsAsync(site, "", mara)).ShouldBe(["bare", "open"]);
        (await SlugsAsync(site, "", jon)).ShouldBe(["closed", "bare", "open"]);
        (await SlugsAsync(site, "?only_with_launch_url=true", mara)).ShouldBe(["open"]);
        (await SlugsAsync(site, $"?for_user={jon}", mara)).ShouldBeEmpty();
        (await SlugsAsync(site, "", ProviderSite.Admin)).ShouldBe(["bare", "open"]);
        (await SlugsAsync(site, "?superuser_full_list=true", ProviderSite.Admin)).ShouldBe(["closed", "bare", "open"]);
        (await SlugsAsync(site, $"?for_user={jon}", ProviderSite.Admin)).ShouldBe(["closed", "bare", "open"]);
        (await site.ApiAsync(HttpMethod.Get, "core/applications/closed/", null, mara)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.ApiAsync(HttpMethod.Patch, $"core/applications/{open.Slug}/", new JsonObject { ["name"] = "Mine" }, mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Check_access_answers_for_oneself_and_gives_the_reason_to_admins()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await app.BindAsync(await site.AddGroupAsync("Family"));
        var mara = await site.AddUserAsync("mara");

        var own = await site.GetAsync("core/applications/grafana/check_access/", mara);
        own["passing"]!.GetValue<bool>().ShouldBeFalse();
        own["messages"]!.AsArray().ShouldBeEmpty();
        var asked = await site.GetAsync($"core/applications/grafana/check_access/?for_user={mara}");
        asked["messages"]![0]!.GetValue<string>().ShouldContain("Family");
        (await site.ApiAsync(HttpMethod.Get, $"core/applications/grafana/check_access/?for_user={ProviderSite.Admin}", null, mara)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_deleted_application_takes_its_bindings_along_and_leaves_its_provider()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var family = await site.AddGroupAsync("Family");
        await app.BindAsync(family);

        var used = (await site.GetAsync("core/applications/grafana/used_by/")).AsArray();
        used.Single()!["model_name"]!.GetValue<string>().ShouldBe("policybinding");
        used.Single()!["name"]!.GetValue<string>().ShouldBe("access of group Family");
        (await site.GetAsync($"core/groups/{family}/used_by/")).AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("access to Grafana");
        (await site.ApiAsync(HttpMethod.Delete, "core/applications/grafana/")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await site.GetAsync("policies/bindings/"))["results"]!.AsArray().ShouldBeEmpty();
        (await site.GetAsync($"providers/all/{app.Pk}/"))["assigned_application_slug"].ShouldBeNull();
    }

    [Fact]
    public async Task Launching_signs_in_first_and_then_opens_the_address_with_the_persons_name_in_it()
    {
        await using var site = await ProviderSite.StartAsync();
        await TestApp.RegisterAsync(site);
        await site.PatchAsync("core/applications/grafana/", new JsonObject { ["meta_launch_url"] = "https://grafana.test/u/%(username)s" });
        var mara = await site.AddUserAsync("mara");

        using var stranger = await site.SendAsync(HttpMethod.Get, "/application/launch/grafana/");
        using var known = await site.SendAsync(HttpMethod.Get, "/application/launch/grafana/", cookie: await site.SignInAsync(mara));

        stranger.Headers.Location!.OriginalString.ShouldContain("next=%2Fapplication%2Flaunch%2Fgrafana%2F");
        known.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        known.Headers.Location!.OriginalString.ShouldBe("https://grafana.test/u/mara");
    }

    [Fact]
    public async Task Somebody_who_may_not_open_it_sees_its_name_and_the_event_says_which_binding_decided()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, name: "Grafana <b>");
        await app.BindAsync(await site.AddGroupAsync("Family"));
        var cookie = await site.SignInAsync(await site.AddUserAsync("mara"));

        using var response = await site.SendAsync(HttpMethod.Get, "/application/launch/grafana/", cookie: cookie);
        await site.SendAsync(HttpMethod.Get, "/application/launch/grafana/", cookie: cookie);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        page.ShouldContain("Grafana &lt;b&gt;");
        page.ShouldNotContain("Family");
        var event_ = (await site.EventsAsync("policy_execution")).Single();
        event_["message"]!.GetValue<string>().ShouldContain("Family");
        event_["binding"]!["group"]!.GetValue<string>().ShouldBe("Family");
        event_["application"]!["name"]!.GetValue<string>().ShouldBe("Grafana <b>");
    }

    private static async Task<List<string>> SlugsAsync(ProviderSite site, string query, long caller) =>
        [.. (await site.GetAsync("core/applications/" + query, caller))["results"]!.AsArray().Select(a => a!["slug"]!.GetValue<string>())];
}
