using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>T58, T59, T60 and the likeliest mistakes, for each proxy: refused, and the operator reads what to write into that very proxy.</summary>
public sealed class DialectMistakeTests
{
    private static readonly ProxyProvider _other = OutpostSite.Single with { Pk = 3, ClientId = "other", ExternalHost = "https://other.example.com" };

    [Theory]
    [InlineData("/outpost.goauthentik.io/auth/traefik", "forwardAuth")]
    [InlineData("/outpost.goauthentik.io/auth/caddy", "forward_auth")]
    [InlineData("/outpost.goauthentik.io/auth/apache", "hearthkey.lua")]
    public async Task Address_that_is_missing_is_500_with_the_words_for_this_proxy(string path, string word)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync(path, "app.example.com");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("configuration error");
        var report = site.Core.Reports.Last(r => r.Finding == OutpostFinding.UrlMissing);
        report.Change.ShouldContain(word);
        report.Provider!.Pk.ShouldBe(1);
    }

    [Theory]
    [InlineData("traefik", "X-Original-URL: https://app.example.com/", "/auth/nginx")]
    [InlineData("nginx", "X-Forwarded-Uri: /", "/auth/traefik")]
    public async Task Proxy_that_asks_at_the_address_of_another_is_told_its_own(string path, string header, string own)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync("/outpost.goauthentik.io/auth/" + path, "app.example.com", header, "Accept: text/html");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        site.Core.Reports.Last().Change.ShouldContain("/outpost.goauthentik.io" + own);
    }

    [Theory]
    [InlineData("https", "app.example.com, app.example.com", "/")]
    [InlineData("https,http", "app.example.com", "/")]
    [InlineData("ftp", "app.example.com", "/")]
    [InlineData("https", "app.example.com", "https://app.example.com/")]
    [InlineData("https", "app.example.com", "")]
    [InlineData("https", "app.example.com", "skip")]
    [InlineData("https", "app.example.com/skip", "/")]
    [InlineData("https", "user@app.example.com", "/")]
    [InlineData("https", "", "/")]
    public async Task Forwarded_address_that_is_doubled_or_none_is_refused(string proto, string host, string uri)
    {
        await using var site = await OutpostSite.StartAsync();
        foreach (var proxy in new[] { "traefik", "caddy" })
        {
            using var response = await site.SendAsync("/outpost.goauthentik.io/auth/" + proxy, "login.example.com",
                "X-Forwarded-Proto: " + proto, "X-Forwarded-Host: " + host, "X-Forwarded-Uri: " + uri);

            ((int)response.StatusCode).ShouldBe(400);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host: other.example.com")]
    [InlineData("X-Forwarded-Uri: /skip")]
    [InlineData("X-Forwarded-Proto: http")]
    public async Task Forwarded_header_that_came_twice_is_refused(string header)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);

        using var response = await site.AskAsync("traefik", "https://app.example.com/", header);

        ((int)response.StatusCode).ShouldBe(400);
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.UrlMalformed);
    }

    [Fact]
    public async Task Forwarded_host_of_one_application_does_not_open_the_one_that_the_proxy_routes_to()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other, OutpostSite.Domain);
        var browser = new Browser(site);
        await browser.OpenAsync("caddy", "https://app.example.com/");
        string[] forwarded =
        [
            "Cookie: " + browser.Cookies("app.example.com"), "X-Forwarded-Proto: https", "X-Forwarded-Host: app.example.com", "X-Forwarded-Uri: /x",
        ];

        foreach (var (host, status) in new[] { ("app.example.com", 200), ("other.example.com", 400), ("one.lab.test", 400), ("hearthkey:9000", 200), ("login.example.com", 200) })
        {
            using var response = await site.SendAsync("/outpost.goauthentik.io/auth/caddy", host, forwarded);
            ((int)response.StatusCode).ShouldBe(status, host);
        }
        site.Core.Reports.Last(r => r.Finding == OutpostFinding.HostsDisagree).Change.ShouldContain("trusted_proxies");
    }

    [Theory]
    [InlineData("Forwarded: host=other.example.com;proto=http")]
    [InlineData("X-Original-URL: https://other.example.com/skip")]
    [InlineData("X-Forwarded-Method: OPTIONS")]
    [InlineData("X-Forwarded-Prefix: /skip")]
    [InlineData("X-Original-Host: other.example.com")]
    [InlineData("X-Rewrite-URL: /skip")]
    [InlineData("X-HTTP-Method-Override: OPTIONS")]
    [InlineData("X-authentik-username: ada")]
    public async Task Other_header_does_not_change_the_decision(string header)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);
        var browser = new Browser(site);
        await browser.OpenAsync("traefik", "https://other.example.com/");
        foreach (var proxy in new[] { "traefik", "caddy", "envoy" })
        {
            using var response = await site.AskAsync(proxy, "https://app.example.com/x", header, "Cookie: " + browser.Cookies("other.example.com"));
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, proxy);
        }
    }

    [Theory]
    [InlineData("/../ping", "HTTP/1.1 302")]
    [InlineData("/../../outpost.goauthentik.io/ping", "HTTP/1.1 302")]
    [InlineData("/../../../", "HTTP/1.1 302")]
    [InlineData("/../nginx", "HTTP/1.1 302")]
    [InlineData("/%2e%2e/ping", "HTTP/1.1 302")]
    [InlineData("/skip/../admin", "HTTP/1.1 302")]
    [InlineData("/skip%2f..%2fadmin", "HTTP/1.1 302")]
    [InlineData("//skip", "HTTP/1.1 302")]
    [InlineData("?x=/skip", "HTTP/1.1 302")]
    [InlineData("/skip", "HTTP/1.1 200")]
    public async Task Envoys_path_is_taken_as_it_came(string path, string expected)
    {
        await using var site = await OutpostSite.StartAsync();

        var answer = await site.RawAsync(
            $"POST /outpost.goauthentik.io/auth/envoy{path} HTTP/1.1\r\nHost: app.example.com\r\nX-Original-URL: https://app.example.com/skip\r\nContent-Length: 0\r\n");

        answer.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Envoys_prefix_counts_in_whole_segments()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.SendAsync("/outpost.goauthentik.io/auth/envoyskip", "app.example.com");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("traefik", "middleware")]
    [InlineData("caddy", "Caddyfile")]
    [InlineData("envoy", "typed_per_filter_config")]
    public async Task Login_host_behind_itself_is_a_page_with_the_words_for_this_proxy(string proxy, string word)
    {
        await using var site = await OutpostSite.StartAsync();

        using var covered = await site.AskAsync(proxy, "https://auth.lab.test/if/user/", "Accept: text/html");
        using var other = await site.AskAsync(proxy, "https://login.example.com/", "Accept: text/html");

        foreach (var response in new[] { covered, other })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page LoginHostProtected");
        }
        site.Core.Reports.Where(r => r.Finding == OutpostFinding.LoginHostProtected).ShouldAllBe(r => r.Change.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("traefik")]
    [InlineData("caddy")]
    [InlineData("envoy")]
    public async Task Unknown_host_is_a_page_for_people_and_json_for_programs(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();

        using var person = await site.AskAsync(proxy, "https://nobody.test/", "Accept: text/html");
        using var program = await site.AskAsync(proxy, "https://nobody.test/");

        person.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await person.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page Misconfigured");
        program.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await program.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("no app for hostname");
    }

    [Fact]
    public async Task HAProxys_head_is_answered_as_nginx_is_and_told_in_its_own_words()
    {
        await using var site = await OutpostSite.StartAsync();

        var good = await site.RawAsync("HEAD /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: hk\r\nX-Original-URL: https://app.example.com/x\r\n");
        var open = await site.RawAsync("HEAD /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: hk\r\nX-Original-URL: https://app.example.com/skip\r\n");
        var bad = await site.RawAsync("HEAD /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: app.example.com\r\n");

        good.ShouldStartWith("HTTP/1.1 401");
        open.ShouldStartWith("HTTP/1.1 200");
        bad.ShouldStartWith("HTTP/1.1 500");
        site.Core.Reports.Last(r => r.Finding == OutpostFinding.UrlMissing).Change.ShouldContain("lua.auth-intercept");
    }
}
