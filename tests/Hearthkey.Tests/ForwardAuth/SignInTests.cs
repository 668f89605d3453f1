using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>A whole login through the embedded outpost.</summary>
public sealed class SignInTests
{
    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_person_comes_back_to_the_page_they_asked_for_with_all_its_arguments(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        await site.ProtectAsync();
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara", "family"));

        var (response, url) = await mara.OpenAsync("http://wiki.home.test/page?a=1&b=2&c=x%20y");

        url.ShouldBe("http://wiki.home.test/page?a=1&b=2&c=x%20y");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(response, "X-authentik-username").ShouldBe("mara");
        Header(response, "X-authentik-groups").ShouldBe("family");
        Header(response, "X-authentik-email").ShouldBe("mara@home.test");
        Header(response, "X-authentik-name").ShouldBe("mara Person");
        Header(response, "X-authentik-uid").Length.ShouldBe(64);
        Header(response, "X-authentik-jwt").ShouldBe("");
        Header(response, "X-authentik-meta-app").ShouldBe("wiki");
        Header(response, "X-authentik-meta-provider").ShouldBe("wiki");
        Header(response, "X-authentik-meta-outpost").ShouldBe("authentik Embedded Outpost");
        Header(response, "X-authentik-meta-jwks").ShouldBe("http://id.test/application/o/wiki/jwks/");
        Header(response, "X-authentik-meta-version").ShouldStartWith("goauthentik.io/outpost/");
    }

    [Fact]
    public async Task At_domain_level_one_login_opens_every_host_below_the_parent_of_the_external_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync("lab", "http://auth.home.test", body => body["mode"] = "forward_domain");
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));

        foreach (var page in new[] { "http://wiki.home.test/", "http://photos.home.test/album/7" })
        {
            var (response, url) = await mara.OpenAsync(page);
            url.ShouldBe(page);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            Header(response, "X-authentik-username").ShouldBe("mara");
        }
        (await mara.StatusAsync("http://other.test/")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_session_of_one_application_opens_no_other()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));
        await mara.OpenAsync("http://wiki.home.test/");

        (await mara.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.OK);
        (await mara.StatusAsync("http://photos.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Paths_that_need_no_login_pass_without_an_identity()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body => body["skip_path_regex"] = "^/health\n^/webhook");

        foreach (var path in new[] { "health", "webhook/github" })
        {
            using var response = await site.CheckAsync("http://wiki.home.test/" + path);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            Header(response, "X-authentik-username").ShouldBe("");
        }
        (await site.StatusAsync("http://wiki.home.test/admin/health")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_lasts_as_long_as_the_provider_says()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body => body["access_token_validity"] = "minutes=10");
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));
        await mara.OpenAsync("http://wiki.home.test/");

        site.Server.Time.Advance(TimeSpan.FromMinutes(4));
        (await mara.StatusAsync("http://wiki.home.test/")).ShouldBe(HttpStatusCode.OK);
        site.Server.Time.Advance(TimeSpan.FromMinutes(7));
        (await StatusSoonAsync(mara, "http://wiki.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_person_whom_the_application_does_not_admit_sees_a_page_that_names_it()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        await site.Server.CreateAsync("policies/bindings/", new JsonObject
        {
            ["target"] = app.PbmUuid,
            ["group"] = await site.Server.AddGroupAsync("editors"),
            ["order"] = 0,
        });
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));

        var (response, _) = await mara.OpenAsync("http://wiki.home.test/");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldContain("The wiki");
        (await site.Findings.ForAsync(app.Pk, ProviderSite.Ct)).ShouldContain(f => f.Title == "mara was turned away" && f.Came.Contains("editors"));
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_is_sent_to_the_login()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();

        var (_, url) = await new HomeBrowser(site).OpenAsync("http://wiki.home.test/");

        url.ShouldStartWith("http://id.test/if/flow/default-authentication-flow/");
    }

    private static async Task<HttpStatusCode> StatusSoonAsync(HomeBrowser browser, string url)
    {
        // time has moved, contact with the database is confirmed again within a poll
        for (var i = 0; i < 100; i++)
        {
            var status = await browser.StatusAsync(url);
            if (status != HttpStatusCode.ServiceUnavailable) return status;
            await Task.Delay(20, ProviderSite.Ct);
        }
        return HttpStatusCode.ServiceUnavailable;
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
