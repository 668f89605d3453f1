using System.Net;
using Hearthkey.Tests.Outpost.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Tests.Outpost;

/// <summary>Traefik, Caddy and Envoy: the answer of a check reaches the browser, so the check itself starts and ends logins.</summary>
public sealed class RelayingDialectTests
{
    private const string SessionName = "__Host-authentik_proxy_b44ea687";

    public static TheoryData<string> Proxies => ["traefik", "caddy", "envoy"];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Stranger_is_sent_to_the_login_and_comes_back_to_the_page(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.AskAsync(proxy, "https://app.example.com/deep/page?a=1&b=%26");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var query = QueryHelpers.ParseQuery(response.Headers.Location!.Query);
        query["client_id"].ToString().ShouldBe("client-123");
        query["redirect_uri"].ToString().ShouldBe("https://app.example.com/outpost.goauthentik.io/callback?X-authentik-auth-callback=true");
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith(SessionName + "_login_check=");
        cookie.ShouldEndWith("; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await new Browser(site).OpenAsync(proxy, "https://app.example.com/deep/page?a=1&b=%26"))[^1].ShouldBe("https://app.example.com/deep/page?a=1&b=%26");
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Known_person_passes_with_all_identity_headers(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.OpenAsync(proxy, "https://app.example.com/");

        using var response = await browser.AskAsync(proxy, "https://app.example.com/x");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-username").ShouldBe(["ada"]);
        response.Headers.GetValues("X-authentik-groups").ShouldBe(["a|b c"]);
        response.Headers.Count(h => h.Key.StartsWith("X-authentik-", StringComparison.OrdinalIgnoreCase)).ShouldBe(12);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Path_that_needs_no_login_passes_with_empty_headers(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.AskAsync(proxy, "https://app.example.com/skip/here?x=1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-username").ShouldBe([""]);
    }

    [Theory]
    [InlineData("/outpost.goauthentik.io/ping", 404)]
    [InlineData("/outpost.goauthentik.io/auth/nginx", 404)]
    [InlineData("/outpost.goauthentik.io/static/app.css", 404)]
    [InlineData("/outpost.goauthentik.io", 404)]
    [InlineData("/outpost.goauthentik.io/start?rd=/page", 302)]
    [InlineData("/outpost.goauthentik.io/sign_out", 302)]
    [InlineData("/outpost.goauthentik.io/callback?X-authentik-auth-callback=true", 400)]
    [InlineData("/any/path?X-authentik-auth-callback=TRUE&code=a&state=b", 400)]
    [InlineData("/any/path?x-authentik-auth-callback=true", 302)]
    public async Task Own_path_never_lets_a_request_through(string path, int status)
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var proxy in Proxies.Select(row => row.Data))
        {
            using var response = await site.AskAsync(proxy, "https://app.example.com" + path);
            ((int)response.StatusCode).ShouldBe(status, proxy);
        }
    }

    [Theory]
    [InlineData("traefik")]
    [InlineData("caddy")]
    public async Task Own_path_in_another_spelling_is_the_applications(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.AskAsync(proxy, "https://app.example.com/%6Futpost.goauthentik.io/x");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Page_that_says_200_lets_nothing_through(string proxy)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });

        using var response = await site.AskAsync(proxy, "http://one.lab.test/outpost.goauthentik.io/start?rd=http://one.lab.test/x", "Accept: text/html");

        response.Headers.Contains("Refresh").ShouldBeTrue();
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Signing_out_by_path_or_flag_ends_the_session(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var path in new[] { "/outpost.goauthentik.io/sign_out", "/page?X-authentik-logout=true" })
        {
            var browser = new Browser(site);
            await browser.OpenAsync(proxy, "https://app.example.com/");

            using var response = await browser.AskAsync(proxy, "https://app.example.com" + path);

            response.Headers.Location!.OriginalString.ShouldBe("https://auth.example.com/application/o/app/end-session/");
            site.Core.Sessions.ShouldBeEmpty();
            browser.Cookies("app.example.com").ShouldBe("");
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode: no-cors")]
    [InlineData("Sec-Fetch-Mode: cors")]
    [InlineData("Sec-Fetch-Mode: websocket")]
    [InlineData("X-Requested-With: XMLHttpRequest")]
    [InlineData("Accept: image/avif,image/webp,*/*;q=0.8")]
    [InlineData("Accept: application/json")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public async Task What_a_page_loads_never_starts_a_login(string header)
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var proxy in Proxies.Select(row => row.Data))
        {
            using var response = await site.AskAsync(proxy, "https://app.example.com/logo.png", header);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, proxy);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
        using var start = await site.BrowseAsync("https://app.example.com/outpost.goauthentik.io/start?rd=/logo.png", header.Replace("Accept:", "X:", StringComparison.Ordinal));
        start.StatusCode.ShouldBe(header.StartsWith("Accept", StringComparison.Ordinal) ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode: navigate")]
    [InlineData("Accept: text/html,application/xhtml+xml,*/*;q=0.8")]
    [InlineData("Accept: */*")]
    public async Task What_a_person_opens_starts_one(string header)
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var proxy in Proxies.Select(row => row.Data))
            (await site.AskAsync(proxy, "https://app.example.com/", header)).StatusCode.ShouldBe(HttpStatusCode.Redirect, proxy);
    }

    [Fact]
    public async Task WebSocket_scheme_is_that_of_the_page()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.OpenAsync("traefik", "https://app.example.com/");

        using var response = await site.SendAsync("/outpost.goauthentik.io/auth/traefik", "x", "Cookie: " + browser.Cookies("app.example.com"),
            "X-Forwarded-Proto: wss", "X-Forwarded-Host: app.example.com", "X-Forwarded-Uri: /socket");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_host_of_a_domain_starts_and_ends_its_own_login()
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var proxy in Proxies.Select(row => row.Data))
        {
            var browser = new Browser(site);

            var opened = await browser.OpenAsync(proxy, "https://one.lab.test/page?x=1");

            opened[^1].ShouldBe("https://one.lab.test/page?x=1");
            browser.CookieNames.ShouldAllBe(name => name.StartsWith("__Host-", StringComparison.Ordinal));
            (await browser.AskAsync(proxy, "https://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK, proxy);
            (await browser.AskAsync(proxy, "https://two.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.Redirect, proxy);
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Server_out_of_reach_is_a_page_and_lets_nobody_in(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.OpenAsync(proxy, "https://app.example.com/");
        site.Core.ContactLostAt = site.Time.GetUtcNow() - TimeSpan.FromHours(1);

        using var response = await browser.AskAsync(proxy, "https://app.example.com/", "Accept: text/html");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page Unavailable");
    }
}
