using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>T01–T04, T08, T09, T14, T58–T60 against proxy mode: what an application is told comes from us alone, and only for who may be there.</summary>
public sealed class ProxyAttackTests
{
    private static readonly ProxyProvider _other = OutpostSite.Single with { Pk = 3, ClientId = "other", ExternalHost = "https://other.example.com" };

    [Theory]
    [InlineData("X-authentik-username: root")]
    [InlineData("X_authentik_username: root")]
    [InlineData("x-AUTHENTIK_username: root")]
    [InlineData("X-Authentik.Username: root")]
    [InlineData("X_Authentik-Groups: root")]
    [InlineData("X-authentik-jwt: root")]
    [InlineData("X-authentik-anything: root")]
    [InlineData("X-Forwarded-User: root")]
    [InlineData("X_Forwarded_Email: root")]
    [InlineData("X-Forwarded-Prefix: /root")]
    [InlineData("X-Forwarded-Port: root")]
    [InlineData("X_Forwarded_For: root")]
    [InlineData("Forwarded: for=root")]
    [InlineData("X-Original-URL: https://app.example.com/root")]
    [InlineData("X-Original-URI: /root")]
    [InlineData("X_Original_URL: /root")]
    [InlineData("X-Rewrite-URL: /root")]
    [InlineData("X_Real_IP: root")]
    [InlineData("Remote-User: root")]
    [InlineData("Remote_User: root")]
    [InlineData("Remote-Groups: root")]
    [InlineData("X-Remote-User: root")]
    [InlineData("X-WebAuth-User: root")]
    [InlineData("X-Auth-Request-Email: root")]
    [InlineData("Proxy: root")]
    [InlineData("X-Hearthkey-Host: root")]
    public async Task Nothing_that_is_ours_to_say_comes_from_a_client(string header)
    {
        await using var site = await ProxySite.StartAsync();

        var signedIn = await site.EchoAsync("/x", header, header);
        using var open = await site.Outpost.SendAsync("/public/x", ProxySite.Host, header);
        var nobody = await open.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        signedIn.ShouldNotContain(line => line.Contains("root", StringComparison.Ordinal));
        signedIn.Count(line => line == "x-authentik-username: ada").ShouldBe(1);
        nobody.ShouldNotContain("root");
        nobody.ShouldNotContain("x-authentik");
    }

    [Fact]
    public async Task Forged_addresses_are_replaced_by_what_is_known()
    {
        await using var site = await ProxySite.StartAsync();

        var lines = await site.EchoAsync(
            "/x", "X-Forwarded-For: 6.6.6.6, 7.7.7.7", "X-Forwarded-Host: evil.test", "X-Forwarded-Proto: http", "X-Real-IP: 6.6.6.6");

        lines.Where(line => line.StartsWith("x-", StringComparison.Ordinal) && !line.StartsWith("x-authentik", StringComparison.Ordinal)
                && !line.StartsWith("x-hearthkey-hop", StringComparison.Ordinal)).Order()
            .ShouldBe(["x-forwarded-for: 127.0.0.1", "x-forwarded-host: app.example.com", "x-forwarded-proto: https", "x-real-ip: 127.0.0.1"]);
    }

    [Fact]
    public async Task Headers_of_a_persons_own_attributes_cannot_be_sent_by_another_name_for_them()
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);
        var attributes = global::System.Text.Json.JsonElement.Parse("""{"additionalHeaders":{"X-Tenant":"Größe","X-Level":3}}""");
        site.Outpost.Core.People[1] = new Identity { Username = "ädä", Uid = "uid-1", Additional = AdditionalHeaders.Read(attributes) };
        await site.SignInAsync();

        var lines = await site.EchoAsync("/x", "X_Tenant: root", "X-TENANT: root");

        lines.ShouldContain("x-authentik-username: ädä");
        lines.ShouldContain("x-tenant: Größe");
        lines.ShouldContain("x-level: 3");
        lines.ShouldNotContain(line => line.Contains("root", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Connection: X-Authentik-Username, X-Forwarded-For")]
    [InlineData("Connection: close, x-authentik-username, cookie, authorization, host")]
    public async Task No_header_of_ours_can_be_declared_to_end_here(string connection)
    {
        await using var site = await ProxySite.StartAsync();

        var lines = await site.EchoAsync("/x", connection, "Authorization: Basic eDp5", "Keep-Alive: timeout=5", "TE: trailers", "Proxy-Authorization: Basic eDp5");

        lines.ShouldContain("x-authentik-username: ada");
        lines.ShouldContain("x-forwarded-for: 127.0.0.1");
        lines.ShouldContain("authorization: Basic eDp5");
        lines.ShouldNotContain(line => line.StartsWith("connection: x", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("keep-alive", StringComparison.Ordinal) || line.StartsWith("proxy-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_client_declares_to_be_between_us_ends_here()
    {
        await using var site = await ProxySite.StartAsync();

        (await site.EchoAsync("/x", "Connection: X-Mine", "X-Mine: 1")).ShouldNotContain("x-mine: 1");
    }

    [Fact]
    public async Task The_application_sees_every_cookie_but_ours()
    {
        await using var site = await ProxySite.StartAsync();

        var lines = await site.EchoAsync("/x", "Cookie: a=1; authentik_proxy_0badc0de=other; b=\"2;3\"; hearthkey_session=x; __Host-authentik_proxy_b44ea687_login=y; c=3");

        var cookies = lines.Single(line => line.StartsWith("cookie: ", StringComparison.Ordinal));
        cookies.ShouldStartWith("cookie: a=1; b=\"2; 3\"; c=3");
        cookies.ShouldNotContain("authentik");
        cookies.ShouldNotContain("hearthkey");
    }

    [Fact]
    public async Task An_application_cannot_set_cookies_of_ours()
    {
        await using var site = await ProxySite.StartAsync();

        using var response = await site.GetAsync("/cookies");

        response.Headers.GetValues("Set-Cookie").ShouldBe(["app=1; Path=/", "theme=dark"]);
        response.Headers.NonValidated["Server"].ToString().ShouldBe("app/1.0");
    }

    [Theory]
    [InlineData("/public/..%2fadmin")]
    [InlineData("/public/%2e%2e/admin")]
    [InlineData("/public/../admin")]
    [InlineData("/public/..;/admin")]
    [InlineData("/public;/../admin")]
    [InlineData("/public%2f..%2fadmin")]
    [InlineData("/public/%252e%252e/admin")]
    [InlineData("/public%5c..%5cadmin")]
    [InlineData("/public//admin")]
    [InlineData("/public/.")]
    [InlineData("//public/x")]
    [InlineData("/x?y=/public")]
    [InlineData("/outpost.goauthentik.io/../admin")]
    [InlineData("/public%00")]
    [InlineData("/public%0a")]
    public async Task A_path_that_applications_may_read_in_two_ways_is_not_open(string path)
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);

        var answer = await site.RawAsync($"GET {path} HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n\r\n");

        answer.Split(' ')[1].ShouldBeOneOf("400", "401", "404");
        site.App.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a%2f..%2Fb?q=a b")]
    [InlineData("/a;x=1/%E4%F6")]
    [InlineData("//evil.test/x")]
    [InlineData("/a//b")]
    public async Task The_path_goes_on_exactly_as_it_was_sent(string path)
    {
        await using var site = await ProxySite.StartAsync();
        var sent = path.Replace(" ", "%20", StringComparison.Ordinal);

        var answer = await site.RawAsync($"GET {sent} HTTP/1.1\r\nHost: app.example.com\r\nCookie: {site.Cookies}\r\nConnection: close\r\n\r\n");

        answer.ShouldContain($"HTTP/1.1 GET {sent} 0\n");
    }

    [Theory]
    [InlineData("GET http://app.example.com/x HTTP/1.1\r\nHost: other.example.com\r\n")]
    [InlineData("GET http://evil.test/x HTTP/1.1\r\nHost: app.example.com\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: app.example.com\r\nHost: other.example.com\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: app.example.com/\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: user@app.example.com\r\n")]
    [InlineData("CONNECT app.example.com:443 HTTP/1.1\r\nHost: app.example.com\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: app.example.com\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: app.example.com\r\nContent-Length: 3\r\nContent-Length: 4\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: gzip\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")]
    [InlineData("GET /x HTTP/1.1\r\nHost: app.example.com\r\nX-authentik-username : root\r\n")]
    public async Task A_request_that_can_be_read_in_two_ways_is_refused(string request)
    {
        await using var site = await ProxySite.StartAsync();

        var answer = await site.RawAsync(request + $"Cookie: {site.Cookies}\r\nConnection: close\r\n\r\n");

        answer.Split(' ')[1].ShouldStartWith("4");
        site.App.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Two_lengths_never_become_two_requests()
    {
        await using var site = await ProxySite.StartAsync();

        var answer = await site.RawAsync(
            $"POST /x HTTP/1.1\r\nHost: app.example.com\r\nCookie: {site.Cookies}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: app.example.com\r\n\r\n");

        answer.ShouldNotContain("smuggled");
        site.App.Requests.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_session_for_one_application_opens_no_other()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await OutpostSite.StartAsync(_other, OutpostSite.Proxied(app.Url));
        var browser = new Browser(site);
        await browser.SignInAsync("https://other.example.com/outpost.goauthentik.io/start");
        var id = browser.Cookies("other.example.com").Split('=', 2)[1];

        foreach (var cookie in new[] { browser.Cookies("other.example.com"), "__Host-authentik_proxy_b44ea687=" + id, "authentik_proxy_b44ea687=" + id })
        {
            using var response = await site.SendAsync("/x", ProxySite.Host, "Cookie: " + cookie, "X-Forwarded-Host: other.example.com");
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        app.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("ingress.internal", true, 200)]
    [InlineData("ingress.internal", false, 0)]
    [InlineData("login.example.com", true, 0)]
    [InlineData("APP.example.com.", true, 200)]
    public async Task The_host_is_Host_and_a_trusted_proxys_word_only_where_that_names_nobody(string host, bool isTrusted, int status)
    {
        await using var site = await ProxySite.StartAsync();
        if (!isTrusted)
            site.Outpost.DistrustPeer();

        using var response = await site.Outpost.SendAsync("/x", host, "X-Forwarded-Host: app.example.com", "Cookie: " + site.Cookies);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        if (status == 200)
            body.ShouldContain("host: app.example.com\n");
        else
            body.ShouldBe("core");
        site.App.Requests.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("//evil.test/x")]
    [InlineData("/\\evil.test")]
    [InlineData("/%09/evil.test")]
    [InlineData("/@evil.test")]
    public async Task A_login_never_leads_elsewhere(string path)
    {
        await using var site = await ProxySite.StartAsync(isSignedIn: false);
        var answer = await site.RawAsync($"GET {path} HTTP/1.1\r\nHost: app.example.com\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        if (!answer.StartsWith("HTTP/1.1 302", StringComparison.Ordinal))
            return;
        var location = answer.Split("Location: ")[1].Split("\r\n")[0];
        location.ShouldStartWith("https://app.example.com/outpost.goauthentik.io/start?rd=https%3A%2F%2Fapp.example.com%2F");

        new Uri(await new Browser(site.Outpost).SignInAsync(location)).Authority.ShouldBe("app.example.com");
    }
}
