using System.Net;
using System.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Somebody who may open the application, and by a rule not this host of it: the answer of every kind of proxy, and every way around.</summary>
public sealed class HostDeniedTests
{
    private const string Photos = "https://photos.lab.test/albums?x=1";
    private const string Start = "/outpost.goauthentik.io/start?rd=";

    public static TheoryData<string> Relaying => ["traefik", "caddy", "envoy"];

    public static TheoryData<string> Others => ["nginx", "haproxy", "apache"];

    [Theory]
    [MemberData(nameof(Relaying))]
    public async Task A_proxy_that_relays_answers_shows_a_person_the_page(string proxy)
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);

        using var page = await browser.AskAsync(proxy, Photos, "Sec-Fetch-Mode: navigate");

        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Headers.Contains("Location").ShouldBeFalse();
        page.Headers.Contains("X-authentik-username").ShouldBeFalse();
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await TextAsync(page)).ShouldBe("page HostDenied photos.lab.test");
        (await browser.AskAsync(proxy, "https://wiki.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Relaying))]
    [MemberData(nameof(Others))]
    public async Task What_a_page_loads_gets_a_bare_403(string proxy)
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);

        using var answer = await AskAsync(site, browser, proxy, Photos, "Sec-Fetch-Mode: cors");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        if (proxy != "haproxy") (await TextAsync(answer)).ShouldBe("no access to this host");
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_proxy_that_does_not_leads_a_person_to_the_page_and_never_round(string proxy)
    {
        await using var site = await StartAsync();
        var browser = new Browser(site);
        (await AskAsync(site, browser, proxy, Photos)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SignInAsync($"https://photos.lab.test{Start}{Photos}")).ShouldBe(Photos);

        using var check = await AskAsync(site, browser, proxy, Photos);
        using var page = await browser.GetAsync($"https://photos.lab.test{Start}{Photos}");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await TextAsync(page)).ShouldBe("page HostDenied photos.lab.test");
        // the page's own address, where checks are made of it too
        (await AskAsync(site, browser, proxy, $"https://photos.lab.test{Start}{Photos}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://photos.lab.test/outpost.goauthentik.io/start")]
    [InlineData("https://photos.lab.test/outpost.goauthentik.io/start?rd=/albums")]
    [InlineData("https://auth.lab.test/outpost.goauthentik.io/start?rd=https://photos.lab.test/albums")]
    [InlineData("https://auth.lab.test/outpost.goauthentik.io/start?rd=http://PHOTOS.lab.test.:8443/albums")]
    [InlineData("https://wiki.lab.test/outpost.goauthentik.io/start?rd=https://photos.lab.test/albums")]
    public async Task Start_never_begins_a_login_that_would_only_end_there(string url)
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);

        using var page = await browser.GetAsync(url);

        (await TextAsync(page)).ShouldBe("page HostDenied photos.lab.test");
        (await site.BrowseAsync(url)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("PHOTOS.lab.test")]
    [InlineData("photos.lab.test.")]
    [InlineData("photos.lab.test:443")]
    [InlineData("photos.lab.test:8443")]
    [InlineData("Photos.Lab.Test.:0443")]
    [InlineData("a.b.tv.lab.test")]
    [InlineData("A.TV.lab.test.")]
    public async Task No_spelling_of_a_host_slips_past_its_rule(string host)
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);
        var cookie = "Cookie: " + browser.Cookies("photos.lab.test");

        foreach (var proxy in Relaying.Concat(Others).Select(row => row.Data))
        {
            using var answer = await SendAsync(site, proxy, host, "/", cookie, "Sec-Fetch-Mode: cors");
            ((int)answer.StatusCode).ShouldBeOneOf([403, 400], $"{proxy} {host}");
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host: wiki.lab.test")]
    [InlineData("X-Original-URL: https://wiki.lab.test/")]
    [InlineData("X-Hearthkey-Host: wiki.lab.test")]
    [InlineData("X-Forwarded-Uri: /share/1")]
    [InlineData("Forwarded: host=wiki.lab.test")]
    public async Task Headers_that_name_another_host_open_nothing(string header)
    {
        await using var site = await StartAsync();
        var cookie = "Cookie: " + (await SignedInAsync(site)).Cookies("photos.lab.test");

        foreach (var proxy in Relaying.Concat(Others).Select(row => row.Data))
        {
            // by this one the proxy itself says what was asked for, and takes out the visitor's
            if (IsItsOwn(proxy, header)) continue;
            using var answer = await SendAsync(site, proxy, "photos.lab.test", "/albums", cookie, "Sec-Fetch-Mode: cors", header);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.OK, proxy);
        }
    }

    [Fact]
    public async Task The_session_of_another_host_opens_nothing()
    {
        await using var site = await StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync($"https://wiki.lab.test{Start}https://wiki.lab.test/");

        using var check = await site.CheckAsync(Photos, "Cookie: " + browser.Cookies("wiki.lab.test"), "Sec-Fetch-Mode: cors");
        var raw = await site.RawAsync(
            $"GET https://wiki.lab.test/outpost.goauthentik.io/auth/envoy/albums HTTP/1.1\r\nHost: photos.lab.test\r\nCookie: {browser.Cookies("wiki.lab.test")}\r\n");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        raw.ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task Open_paths_of_a_shut_host_are_passed_as_nobody()
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);

        foreach (var url in new[] { "https://photos.lab.test/share/1", "https://photos.lab.test/open/1" })
        {
            using var answer = await browser.CheckAsync(url);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, url);
            answer.Headers.GetValues("X-authentik-username").Single().ShouldBe("", url);
            using var program = await site.CheckAsync(url, Basic());
            program.Headers.GetValues("X-authentik-username").Single().ShouldBe("", url);
        }
    }

    [Theory]
    [MemberData(nameof(Relaying))]
    [MemberData(nameof(Others))]
    public async Task An_app_password_opens_the_other_hosts_alone(string proxy)
    {
        await using var site = await StartAsync();

        (await SendAsync(site, proxy, "wiki.lab.test", "/", Basic())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(site, proxy, "photos.lab.test", "/", Basic())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(site, proxy, "x.tv.lab.test", "/", Basic())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(site, proxy, "photos.lab.test", "/", Basic("wrong"), "Sec-Fetch-Mode: cors")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_changed_mind_is_in_force_with_the_next_configuration()
    {
        await using var site = await StartAsync();
        var browser = await SignedInAsync(site);
        (await browser.AskAsync("caddy", Photos)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        site.Core.People[1] = site.Core.People[1] with { ShutHosts = "" };
        site.Core.Configuration = new([Domain], ["https://auth.lab.test"]);

        (await browser.AskAsync("caddy", Photos)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_list_of_hosts_has_each_of_them_whole()
    {
        Identity.ListHosts([]).ShouldBe("");
        Identity.ListHosts(["a.test", "*.b.test"]).ShouldBe(" a.test *.b.test ");
    }

    private static ProxyProvider Domain => OutpostSite.Domain with
    {
        SkipPaths = SkipRules.Parse("^https://photos\\.lab\\.test/open"),
        HostRules =
        [
            new("photos.lab.test", false, SkipRules.Parse("^/share/")), new("*.tv.lab.test", false, SkipRules.None), new("wiki.lab.test", false, SkipRules.None),
        ],
    };

    private static async Task<OutpostSite> StartAsync()
    {
        var site = await OutpostSite.StartAsync(Domain);
        site.Core.People[1] = site.Core.People[1] with { ShutHosts = Identity.ListHosts(["photos.lab.test", "*.tv.lab.test"]) };
        site.Core.Programs[(2, "ada", "good")] = new(site.Core.People[1], 1, null, RequestLimits.None);
        return site;
    }

    // with a cookie that every host of the domain gets
    private static async Task<Browser> SignedInAsync(OutpostSite site)
    {
        var browser = new Browser(site);
        await browser.SignInAsync("https://auth.lab.test/outpost.goauthentik.io/start?rd=https://wiki.lab.test/");
        browser.Cookies("photos.lab.test").ShouldNotBeEmpty();
        return browser;
    }

    private static Task<HttpResponseMessage> AskAsync(OutpostSite site, Browser browser, string proxy, string url, params string[] headers)
    {
        var uri = new Uri(url);
        return SendAsync(site, proxy, uri.Authority, url[(8 + uri.Authority.Length)..], ["Cookie: " + browser.Cookies(uri.Host), .. headers]);
    }

    // the host as it is, where Uri would tidy it
    private static async Task<HttpResponseMessage> SendAsync(OutpostSite site, string proxy, string host, string path, params string[] headers)
    {
        var (target, names) = proxy switch
        {
            "traefik" or "caddy" => ("/outpost.goauthentik.io/auth/" + proxy, new[] { ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", host), ("X-Forwarded-Uri", path) }),
            "envoy" => ("/outpost.goauthentik.io/auth/envoy" + path, [("Host", host), ("X-Forwarded-Proto", "https")]),
            "apache" => ("/outpost.goauthentik.io/auth/apache", [("X-Original-URL", $"https://{host}{path}")]),
            _ => ("/outpost.goauthentik.io/auth/nginx", [("X-Original-URL", $"https://{host}{path}")]),
        };
        using var request = new HttpRequestMessage(proxy == "haproxy" ? HttpMethod.Head : HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("Host", "outpost");
        foreach (var (name, value) in names.Concat(headers.Select(h => (h[..h.IndexOf(':', StringComparison.Ordinal)], h[(h.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static bool IsItsOwn(string proxy, string header) => proxy switch
    {
        "traefik" or "caddy" => header.StartsWith("X-Forwarded-", StringComparison.Ordinal),
        "envoy" => false,
        _ => header.StartsWith("X-Original-URL", StringComparison.Ordinal),
    };

    private static string Basic(string password = "good") => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:" + password));

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
