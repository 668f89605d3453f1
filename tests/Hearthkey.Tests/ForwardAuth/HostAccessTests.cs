using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.ForwardAuth;
using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Rules of single hosts in force: who may open which host of one domain, and what is open to everybody.</summary>
public sealed class HostAccessTests
{
    private const string Photos = "http://photos.home.test/albums", Wiki = "http://wiki.home.test/";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_group_opens_its_host_and_everybody_the_others(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        var host = await AddAsync(site, "photos.home.test");
        await BindAsync(site, host, await site.Server.AddGroupAsync("family"));
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara", "family"));
        var otto = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("otto"));

        (await StatusAsync(mara, Photos)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(mara, Wiki)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(otto, Wiki)).ShouldBe(HttpStatusCode.OK);
        (await otto.OpenAsync(Photos)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (page, address) = await otto.OpenAsync(Photos);

        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        address.ShouldStartWith("http://photos.home.test/outpost.goauthentik.io/start?");
        var text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        text.ShouldContain("You have no access to photos.home.test");
        text.ShouldContain("ask an administrator");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("binding added")]
    [InlineData("binding changed")]
    [InlineData("group joined")]
    [InlineData("host moved")]
    [InlineData("host opened")]
    [InlineData("host deleted")]
    public async Task A_change_is_in_force_at_the_next_check(string how)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var host = await AddAsync(site, "photos.home.test");
        var binding = await BindAsync(site, host, await site.Server.AddGroupAsync("family"));
        var pk = await site.Server.AddUserAsync("otto", "friends");
        var otto = await HomeBrowser.OfAsync(site, pk);
        await otto.OpenAsync(Photos);
        (await otto.StatusAsync(Photos)).ShouldBe(HttpStatusCode.Unauthorized);

        if (how == "binding added") await BindAsync(site, host, await site.Server.AddGroupAsync("friends"));
        else if (how == "binding changed") await site.Server.PatchAsync($"policies/bindings/{binding}/", new JsonObject { ["group"] = await site.Server.AddGroupAsync("friends") });
        else if (how == "group joined") await site.Server.ApiAsync(HttpMethod.Post, $"core/groups/{await site.Server.AddGroupAsync("family")}/add_user/", new JsonObject { ["pk"] = pk });
        else if (how == "host moved") await site.Server.PatchAsync($"providers/proxy_hosts/{host}/", new JsonObject { ["host"] = "other.home.test" });
        else if (how == "host opened") await site.Server.PatchAsync($"providers/proxy_hosts/{host}/", new JsonObject { ["open"] = true });
        else await site.Server.ApiAsync(HttpMethod.Delete, $"providers/proxy_hosts/{host}/");

        (await otto.StatusAsync(Photos)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_applications_own_bindings_count_as_well()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var host = await AddAsync(site, "photos.home.test");
        var mara = await site.Server.AddUserAsync("mara", "family");
        await BindAsync(site, host, await site.Server.AddGroupAsync("family"));
        var browser = await HomeBrowser.OfAsync(site, mara);
        (await StatusAsync(browser, Photos)).ShouldBe(HttpStatusCode.OK);

        var application = (await site.Server.GetAsync("core/applications/home/"))["pbm_uuid"]!.GetValue<string>();
        await BindAsync(site, application, await site.Server.AddGroupAsync("staff"));

        (await browser.StatusAsync(Photos)).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.StatusAsync(Wiki)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_mode_of_a_host_says_whether_one_binding_is_enough()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var host = await AddAsync(site, "photos.home.test");
        await BindAsync(site, host, await site.Server.AddGroupAsync("family"));
        await BindAsync(site, host, await site.Server.AddGroupAsync("friends"));
        var mara = await HomeBrowser.OfAsync(site, await site.Server.AddUserAsync("mara", "family"));
        (await StatusAsync(mara, Photos)).ShouldBe(HttpStatusCode.OK);

        await site.Server.PatchAsync($"providers/proxy_hosts/{host}/", new JsonObject { ["policy_engine_mode"] = "all" });

        (await mara.StatusAsync(Photos)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_open_host_needs_no_login_and_is_not_asked_from_outside()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await AddAsync(site, "*.status.home.test", body => body["open"] = true);
        var configuration = site.Server.Services.GetRequiredService<ProtectedHosts>();

        (await site.StatusAsync("http://a.status.home.test/")).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://status.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
        configuration.Find("http://a.status.home.test")!.CookieDomain.ShouldBe("home.test");
        var home = (await site.Server.GetAsync("providers/proxy/?search=home"))["results"]![0]!["pk"]!.GetValue<long>();
        await site.Server.Services.GetRequiredService<SelfProbes>().AskAsync(home, TestContext.Current.CancellationToken);
        (await site.Server.Services.GetRequiredService<SelfProbes>().OfAsync(home, TestContext.Current.CancellationToken))
            .Single(p => p.Origin == "http://a.status.home.test").State.ShouldBe(ProbeState.Exempt);
    }

    [Fact]
    public async Task Paths_of_a_host_need_no_login_there()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await AddAsync(site, "photos.home.test", body => body["skip_path_regex"] = "^/share/");

        (await site.StatusAsync("http://photos.home.test/share/1")).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://photos.home.test/albums")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://wiki.home.test/share/1")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_path_of_a_host_that_matches_anywhere_is_warned_about()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await AddAsync(site, "photos.home.test", body => body["skip_path_regex"] = "^/share/\nhealth");
        var home = (await site.Server.GetAsync("providers/proxy/?search=home"))["results"]![0]!["pk"]!.GetValue<long>();

        var warned = site.Findings.For(home).Single(f => f.Severity == FindingSeverity.Warning);

        warned.Came.ShouldBe("photos.home.test: health");
        warned.Expected.ShouldStartWith("^health");
    }

    [Fact]
    public async Task App_passwords_open_what_their_person_may()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var host = await AddAsync(site, "*.home.test");
        await BindAsync(site, host, await site.Server.AddGroupAsync("family"));
        await AddAsync(site, "wiki.home.test");
        var basic = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("otto:" + await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("otto", "friends"))));

        (await site.StatusAsync(Wiki, basic)).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync(Photos, basic)).ShouldBe(HttpStatusCode.Forbidden);
        await BindAsync(site, host, await site.Server.AddGroupAsync("friends"));
        (await site.StatusAsync(Photos, basic)).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(HomeBrowser browser, string url)
    {
        using var response = (await browser.OpenAsync(url)).Response;
        return response.StatusCode;
    }

    private static async Task<string> AddAsync(ForwardAuthSite site, string host, Action<JsonObject>? change = null)
    {
        var found = (await site.Server.GetAsync("providers/proxy/?search=home"))["results"]!.AsArray();
        var home = found.Count > 0 ? new ProtectedApp(found[0]!["pk"]!.GetValue<long>(), "", "") : await ProxyHostsTests.DomainAsync(site);
        return (await site.Server.CreateAsync("providers/proxy_hosts/", ProxyHostsTests.Body(home, host, change)))["pk"]!.GetValue<string>();
    }

    private static async Task<string> BindAsync(ForwardAuthSite site, string target, string group) => (await site.Server.CreateAsync(
        "policies/bindings/", new JsonObject { ["target"] = target, ["group"] = group, ["order"] = 0 }))["pk"]!.GetValue<string>();
}
