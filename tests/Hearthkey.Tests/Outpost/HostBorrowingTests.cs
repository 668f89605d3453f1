using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>T04, T08, T12, T58: a session for one application opens no other, whatever headers say.</summary>
public sealed class HostBorrowingTests
{
    private static readonly ProxyProvider _other = OutpostSite.Single with
    {
        Pk = 3,
        ClientId = "other",
        ExternalHost = "https://other.example.com",
    };

    [Theory]
    [InlineData("X-Forwarded-Host: app.example.com")]
    [InlineData("X-Forwarded-Uri: /skip")]
    [InlineData("X-Forwarded-Proto: http")]
    [InlineData("X-Original-URI: /skip")]
    [InlineData("X-Rewrite-URL: /skip")]
    [InlineData("Forwarded: host=app.example.com")]
    [InlineData("X-Forwarded-Method: OPTIONS")]
    [InlineData("X-HTTP-Method-Override: OPTIONS")]
    [InlineData("X-Forwarded-Prefix: /skip")]
    [InlineData("X-Forwarded-For: a, unknown, [fe80::1%eth0]")]
    [InlineData("X-Real-IP: 127.0.0.1")]
    [InlineData("User-Agent: GoogleHC/1.0")]
    [InlineData("User-Agent: kube-probe/1.30")]
    [InlineData("Connection: close, X-Authentik-Username")]
    [InlineData("Upgrade: websocket")]
    public async Task Other_header_does_not_change_the_decision(string header)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");

        using var response = await site.CheckAsync("https://other.example.com/x", "Cookie: " + browser.Cookies("app.example.com"), header);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_id_under_the_other_applications_cookie_name_opens_nothing()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");
        await browser.CheckAsync("https://app.example.com/");
        var id = SessionId(browser);
        var name = "authentik_proxy_" + Convert.ToHexStringLower(global::System.Security.Cryptography.SHA256.HashData("other"u8))[..8];

        using var prefixed = await site.CheckAsync("https://other.example.com/x", $"Cookie: __Host-{name}={id}");
        using var plain = await site.CheckAsync("https://other.example.com/x", $"Cookie: {name}={id}");

        prefixed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        plain.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("{0}=")]
    [InlineData("{0}={1}x")]
    [InlineData("{0}=AAAA")]
    [InlineData("{0}=%00")]
    [InlineData("{0}={1}; {0}={1}")]
    [InlineData("{0}={1}; {0}=AAAA")]
    [InlineData("%5F_Host-authentik_proxy_b44ea687={1}")]
    [InlineData("authentik_proxy_b44ea687={1}")]
    [InlineData("{0} ={1}")]
    [InlineData("x{0}={1}")]
    [InlineData("{0}=\"{1}\"")]
    [InlineData("; ; =;{0}")]
    public async Task Malformed_or_doubled_cookie_is_nobody(string cookie)
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");
        var header = string.Format(
            global::System.Globalization.CultureInfo.InvariantCulture, cookie, "__Host-authentik_proxy_b44ea687", SessionId(browser));

        using var response = await site.CheckAsync("https://app.example.com/x", "Cookie: " + header);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.Contains("X-authentik-username").ShouldBeFalse();
    }

    [Fact]
    public async Task Every_bit_of_the_session_id_counts()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");
        var id = SessionId(browser);

        for (var i = 0; i < id.Length - 1; i++)
        {
            var changed = id[..i] + (id[i] == 'A' ? 'B' : 'A') + id[(i + 1)..];
            using var response = await site.CheckAsync("https://app.example.com/x", "Cookie: __Host-authentik_proxy_b44ea687=" + changed);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("app.example.com", 401)]
    [InlineData("APP.example.com.", 401)]
    [InlineData("other.example.com", 400)]
    [InlineData("", 400)]
    [InlineData("app.example.com/x", 400)]
    public async Task Host_that_nginx_chose_must_be_the_one_that_was_asked(string chosen, int status)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);

        using var response = await site.CheckAsync("https://app.example.com/x", "X-Hearthkey-Host: " + chosen);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Check_from_a_stranger_is_refused()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");
        site.DistrustPeer();

        using var response = await browser.CheckAsync("https://app.example.com/skip");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.UntrustedPeer);
    }

    [Theory]
    [InlineData("https://app.example.com/a", "https://app.example.com/b", 400)]
    [InlineData("https://app.example.com\\public", null, 400)]
    [InlineData("nonsense", null, 400)]
    [InlineData("https://user@app.example.com/", null, 400)]
    public async Task Original_url_that_is_doubled_or_no_url_is_refused(string first, string? second, int status)
    {
        await using var site = await OutpostSite.StartAsync();
        string[] headers = second is null ? ["X-Original-URL: " + first] : ["X-Original-URL: " + first, "X-Original-URL: " + second];

        using var response = await site.SendAsync("/outpost.goauthentik.io/auth/nginx", "app.example.com", headers);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Start_whose_host_and_original_url_disagree_is_refused()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);

        using var response = await site.SendAsync(
            "/outpost.goauthentik.io/start?rd=/", "app.example.com", "X-Original-URL: https://other.example.com/");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.HostsDisagree);
    }

    [Theory]
    [InlineData("ingress.internal", true, 302)]
    [InlineData("ingress.internal", false, 400)]
    [InlineData("login.example.com", true, 400)]
    [InlineData("other.example.com", true, 302, "other.example.com")]
    public async Task Forwarded_host_counts_only_where_host_names_nobody_and_the_peer_is_trusted(
        string host, bool isTrusted, int status, string asked = "app.example.com")
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);
        if (!isTrusted)
            site.DistrustPeer();

        using var response = await site.SendAsync("/outpost.goauthentik.io/start?rd=/", host, "X-Forwarded-Host: app.example.com, proxy");

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 302)
            response.Headers.Location!.Query.ShouldContain(Uri.EscapeDataString($"https://{asked}/outpost"));
    }

    [Theory]
    [InlineData("GET http://app.example.com/outpost.goauthentik.io/start HTTP/1.1\r\nHost: other.example.com\r\n", "HTTP/1.1 400")]
    [InlineData("GET http://app.example.com/outpost.goauthentik.io/start HTTP/1.1\r\nHost: app.example.com\r\n", "HTTP/1.1 302")]
    [InlineData("GET /outpost.goauthentik.io/start HTTP/1.1\r\nHost: app.example.com\r\nHost: other.example.com\r\n", "HTTP/1.1 400")]
    [InlineData("GET /outpost.goauthentik.io/start HTTP/1.1\r\nHost: a b\r\n", "HTTP/1.1 400")]
    [InlineData("GET /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: x\r\nX-Original-URL: https://app.example.com/\xff\r\n", "HTTP/1.1 400")]
    [InlineData("GET /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: x\r\nX-Original-URL: https://app.example.com/a\x01b\r\n", "HTTP/1.1 400")]
    [InlineData("GET /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: x\r\nX-Original-URL: https://app.example.com/\r\nX-Original-URL: https://app.example.com/\r\n", "HTTP/1.1 400")]
    [InlineData("GET * HTTP/1.1\r\nHost: app.example.com\r\n", "HTTP/1.1 4")]
    public async Task Raw_request_is_answered(string request, string expected)
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, _other);
        var answer = await site.RawAsync(request);

        answer.ShouldStartWith(expected);
    }

    private static string SessionId(Browser browser) => browser.Cookies("app.example.com")
        .Split("; ").Single(c => c.StartsWith("__Host-authentik_proxy_b44ea687=", StringComparison.Ordinal)).Split('=', 2)[1];
}
