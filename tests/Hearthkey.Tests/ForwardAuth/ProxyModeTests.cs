using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.ForwardAuth;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;
using Hearthkey.Tests.Outpost.Support;
using Hearthkey.Tests.Support;
using Microsoft.AspNetCore.Hosting;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Proxy mode of the embedded outpost, in the whole server.</summary>
public sealed class ProxyModeTests
{
    private const string Home = "http://wiki.home.test";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_login_leads_to_the_application_itself(Dialect dialect)
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var wiki = await ProtectAsync(site, app);
        site.Findings.LiveCheck(wiki.Pk).State.ShouldBe(LiveCheckState.Waiting);
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara", "family"));

        var (response, url) = await OpenAsync(mara, Home + "/page?a=1&b=2");

        url.ShouldBe(Home + "/page?a=1&b=2");
        var lines = (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).Split('\n');
        lines[0].ShouldBe("HTTP/1.1 GET /page?a=1&b=2 0");
        lines.ShouldContain("x-authentik-username: mara");
        lines.ShouldContain("x-authentik-groups: family");
        lines.ShouldContain("x-authentik-meta-app: wiki");
        lines.ShouldContain("x-forwarded-host: wiki.home.test");
        // what the application answers is its own
        response.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        response.Headers.CacheControl.ShouldBeNull();
        response.Headers.Contains("Server").ShouldBeTrue();
        site.Findings.LiveCheck(wiki.Pk).State.ShouldBe(LiveCheckState.Green);
    }

    [Fact]
    public async Task Whoever_may_not_open_the_application_never_reaches_it()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await ForwardAuthSite.StartAsync();
        var wiki = await ProtectAsync(site, app);
        var mara = await site.Server.AddUserAsync("mara");
        var oskar = await site.Server.AddUserAsync("oskar");
        await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = wiki.PbmUuid, ["user"] = mara, ["order"] = 0 });

        var (denied, _) = await OpenAsync(await HomeBrowser.OfAsync(site, oskar), Home + "/");

        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        app.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Signing_out_and_a_group_that_is_lost_close_the_door()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await ForwardAuthSite.StartAsync();
        await ProtectAsync(site, app);
        var user = await site.Server.AddUserAsync("mara");
        var mara = await HomeBrowser.OfAsync(site, user);
        await OpenAsync(mara, Home + "/");
        app.Requests.ShouldBe(1);

        await site.Server.PatchAsync($"core/users/{user}/", new JsonObject { ["is_active"] = false });
        mara.Session = null;
        using var answer = await mara.GetAsync(Home + "/");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        app.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_application_that_is_away_gives_a_page_of_ours_and_a_finding()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var wiki = await site.ProtectAsync(change: body => (body["mode"], body["internal_host"]) = ("proxy", "http://127.0.0.1:1"));
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara"));

        var (response, _) = await OpenAsync(mara, Home + "/page");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        var page = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        page.ShouldContain("The wiki cannot be reached");
        page.ShouldNotContain("127.0.0.1:1");
        var check = site.Findings.LiveCheck(wiki.Pk);
        check.State.ShouldBe(LiveCheckState.Problem);
        check.Finding!.Came.ShouldContain("http://127.0.0.1:1");
        (await site.MistakeAsync("UpstreamAway"))["change"]!.GetValue<string>().ShouldContain("internal host");
    }

    [Fact]
    public async Task The_certificate_of_an_application_is_checked_unless_told_otherwise()
    {
        using var certificate = TestCertificates.SelfSigned("wiki");
        await using var app = await UpstreamApp.StartAsync(listen => listen.UseHttps(certificate));
        await using var site = await ForwardAuthSite.StartAsync();
        var wiki = await ProtectAsync(site, app, "^/open");

        (await StatusAsync(site, "/open")).ShouldBe(HttpStatusCode.BadGateway);
        await site.Server.PatchAsync($"providers/proxy/{wiki.Pk}/", new JsonObject { ["internal_host_ssl_validation"] = false });
        (await StatusAsync(site, "/open")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_internal_host_counts_at_once_and_other_hosts_stay_ours()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var other = await UpstreamApp.StartAsync();
        await using var site = await ForwardAuthSite.StartAsync();
        var wiki = await ProtectAsync(site, app, "^/open");
        await StatusAsync(site, "/open");

        await site.Server.PatchAsync($"providers/proxy/{wiki.Pk}/", new JsonObject { ["internal_host"] = other.Url + "/ignored" });
        await StatusAsync(site, "/open");
        using var own = await site.SendAsync("/if/flow/default-authentication-flow/", "id.test");

        app.Requests.ShouldBe(1);
        other.Requests.ShouldBe(1);
        own.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    private static Task<ProtectedApp> ProtectAsync(ForwardAuthSite site, UpstreamApp app, string open = "") => site.ProtectAsync(change: body =>
    {
        body["mode"] = "proxy";
        body["internal_host"] = app.Url;
        body["skip_path_regex"] = open;
    });

    private static async Task<HttpStatusCode> StatusAsync(ForwardAuthSite site, string path)
    {
        using var response = await site.SendAsync(path, "wiki.home.test");
        return response.StatusCode;
    }

    // as a browser does it, until a page is there
    private static async Task<(HttpResponseMessage Response, string Url)> OpenAsync(HomeBrowser browser, string url)
    {
        for (var hop = 0; hop < 10; hop++)
        {
            var response = await browser.GetAsync(url);
            if (response.Headers.Location is not { } location) return (response, url);
            url = new Uri(new Uri(url), location.OriginalString).AbsoluteUri;
        }
        throw new InvalidOperationException("the login goes round");
    }
}
