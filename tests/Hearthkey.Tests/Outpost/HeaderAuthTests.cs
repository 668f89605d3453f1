using System.Net;
using System.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Cases 29 and 30 of the conformance list, and what docs/decisions/0008-header-auth.md says of them.</summary>
public sealed class HeaderAuthTests
{
    private const string Page = "https://app.example.com/x";

    private static readonly Identity _phone = new() { Username = "ada", Uid = "uid-1", Email = "ada@example.com" };

    [Theory]
    [InlineData("Bearer good-token")]
    [InlineData("bearer good-token")]
    [InlineData("BEARER  good-token ")]
    public async Task A_bearer_token_opens_the_door_and_sets_no_cookie(string header)
    {
        await using var site = await StartAsync(null, "good-token");

        using var response = await site.CheckAsync(Page, "Authorization: " + header);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-username").Single().ShouldBe("ada");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        site.Core.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ada", "pass:with:colons")]
    [InlineData("jürgen", "pässword")]
    public async Task A_name_with_an_app_password_opens_the_door(string name, string password)
    {
        await using var site = await StartAsync(name, password);

        (await StatusAsync(site, Page, Basic(name, password))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(site, Page, Basic(name, password).Replace("Basic", "bAsIc", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(site, Page, Basic(name, password + "x"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Digest username=ada")]
    [InlineData("Negotiate abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=x")]
    [InlineData("Token abc")]
    [InlineData("Basicx YWRhOmdvb2QtdG9rZW4=")]
    [InlineData("good-token")]
    public async Task Foreign_schemes_are_as_if_they_were_not_there(string header)
    {
        await using var site = await StartAsync("ada", "good-token");

        (await StatusAsync(site, Page, header)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(site, "https://app.example.com/skip", header)).ShouldBe(HttpStatusCode.OK);
        site.Core.Attempts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRh")]
    [InlineData("Basic YWRhOg==")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic /////w==")]
    [InlineData("Bearer ")]
    public async Task What_cannot_be_read_is_nobody(string header)
    {
        await using var site = await StartAsync("ada", "good-token");

        (await StatusAsync(site, Page, header)).ShouldBe(HttpStatusCode.Unauthorized);
        site.Core.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_headers_are_nobody()
    {
        await using var site = await StartAsync(null, "good-token");

        var answer = await site.RawAsync(
            "GET /outpost.goauthentik.io/auth/nginx HTTP/1.1\r\nHost: outpost\r\nX-Original-URL: https://app.example.com/x\r\nAuthorization: Bearer good-token\r\nAuthorization: Bearer good-token\r\n");

        answer.ShouldStartWith("HTTP/1.1 401");
    }

    [Theory]
    [InlineData("traefik", HttpStatusCode.Redirect)]
    [InlineData("caddy", HttpStatusCode.Redirect)]
    [InlineData("envoy", HttpStatusCode.Redirect)]
    [InlineData("apache", HttpStatusCode.Unauthorized)]
    public async Task Every_dialect_takes_it_and_answers_a_wrong_one_as_nobody(string proxy, HttpStatusCode nobody)
    {
        await using var site = await StartAsync("ada", "good");

        using var right = await site.AskAsync(proxy, Page, "Authorization: " + Basic("ada", "good"));
        using var wrong = await site.AskAsync(proxy, Page, "Authorization: " + Basic("ada", "wrong"));

        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        wrong.StatusCode.ShouldBe(nobody);
    }

    [Fact]
    public async Task After_too_many_wrong_ones_a_program_is_told_how_long_to_wait_where_the_proxy_can_pass_it_on()
    {
        await using var app = await UpstreamApp.StartAsync();
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single, OutpostSite.Proxied(app.Url) with { Pk = 9, ExternalHost = "https://proxied.example.com" });
        site.Core.GuessingWait = TimeSpan.FromSeconds(1.5);

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var proxy in new[] { "traefik", "caddy", "envoy" })
        {
            using var relayed = await site.AskAsync(proxy, Page, "Authorization: " + Basic("ada", "good"));
            ((int)relayed.StatusCode).ShouldBe(429, proxy);
            relayed.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        }
        using var proxied = await site.SendAsync("/", "proxied.example.com", "Authorization: " + Basic("ada", "good"));
        ((int)proxied.StatusCode).ShouldBe(429);
        app.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task The_server_is_asked_once_a_minute_however_often_it_comes()
    {
        await using var site = await StartAsync("ada", "good");

        for (var i = 0; i < 5; i++)
        {
            (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
            site.Time.Advance(TimeSpan.FromSeconds(11));
        }
        site.Core.Attempts.Count.ShouldBe(1);
        site.Time.Advance(TimeSpan.FromSeconds(6));

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        site.Core.Attempts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        await using var site = await StartAsync("ada", "good");

        (await StatusAsync(site, Page, Basic("ada", "later"))).ShouldBe(HttpStatusCode.Unauthorized);
        site.Core.Programs[(1, "ada", "later")] = new(_phone, 1, null, RequestLimits.None);

        (await StatusAsync(site, Page, Basic("ada", "later"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("all")]
    [InlineData("configuration")]
    public async Task What_is_remembered_ends_at_once(string how)
    {
        await using var site = await StartAsync("ada", "good");
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        site.Core.Programs.Clear();
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);

        if (how == "user") site.Outpost.Headers.ForgetUser(1);
        else if (how == "all") site.Outpost.Headers.ForgetAll();
        else site.Core.Configuration = new OutpostConfiguration([OutpostSite.Single, OutpostSite.Domain], []);

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_persons_end_forgets_nobody_else()
    {
        await using var site = await StartAsync("ada", "good");
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);

        site.Outpost.Headers.ForgetUser(2);

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        site.Core.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_ends_with_its_proof_within_the_minute()
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "good")] = new(_phone, 1, site.Time.GetUtcNow().AddSeconds(20), RequestLimits.None);
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        site.Core.Programs.Clear();

        site.Time.Advance(TimeSpan.FromSeconds(20));

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task One_application_s_password_opens_no_other()
    {
        await using var site = await StartAsync("ada", "good");
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);

        (await StatusAsync(site, "https://api.lab.test/", Basic("ada", "good"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_goes_before_a_header()
    {
        await using var site = await StartAsync("ada", "good");
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start?rd=https://app.example.com/x");

        using var response = await site.CheckAsync(Page, "Cookie: " + browser.Cookies("app.example.com"), "Authorization: " + Basic("ada", "wrong"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Core.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_an_open_path_a_right_header_gives_a_name_and_a_wrong_one_is_no_guess()
    {
        await using var site = await StartAsync("ada", "good");

        using var right = await site.CheckAsync("https://app.example.com/skip", "Authorization: " + Basic("ada", "good"));
        using var wrong = await site.CheckAsync("https://app.example.com/skip", "Authorization: " + Basic("transmission", "own"));

        right.Headers.GetValues("X-authentik-username").Single().ShouldBe("ada");
        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        wrong.Headers.GetValues("X-authentik-username").Single().ShouldBeEmpty();
        site.Core.Attempts.ShouldAllBe(a => !a.IsCounted);
        await StatusAsync(site, Page, Basic("ada", "wrong"));
        site.Core.Attempts.Last().IsCounted.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nobody_can_say_nobody_new_is_let_in()
    {
        await using var site = await StartAsync("ada", "good");
        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        site.Core.IsStoreAway = true;
        site.Core.Programs[(1, "ada", "other")] = new(_phone, 1, null, RequestLimits.None);

        (await StatusAsync(site, Page, Basic("ada", "good"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(site, Page, Basic("ada", "other"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("/api/x", "X-Original-Method: GET", 200)]
    [InlineData("/api/x?admin=1", "X-Original-Method: GET", 200)]
    [InlineData("/api/x", "X-Original-Method: POST", 401)]
    [InlineData("/api/x", "X-Forwarded-Method: GET", 401)]
    [InlineData("/private/api/x", "X-Original-Method: GET", 401)]
    [InlineData("/api/../private", "X-Original-Method: GET", 401)]
    [InlineData("/api/%2e%2e/private", "X-Original-Method: GET", 401)]
    [InlineData("/api//x", "X-Original-Method: GET", 401)]
    [InlineData("/api/x", "X-Other: GET", 401)]
    public async Task A_limited_password_is_good_for_its_requests_alone(string path, string header, int status)
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "good")] = new(_phone, 1, null, RequestLimits.Of(["GET"], ["/api/.*"]));

        ((int)await StatusAsync(site, "https://app.example.com" + path, Basic("ada", "good"), header)).ShouldBe(status);
        // remembered or not
        ((int)await StatusAsync(site, "https://app.example.com" + path, Basic("ada", "good"), header)).ShouldBe(status);
    }

    [Fact]
    public async Task The_method_comes_from_where_each_proxy_writes_it()
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "good")] = new(_phone, 1, null, RequestLimits.Of(["GET"], []));

        foreach (var proxy in new[] { "traefik", "caddy", "envoy" })
        {
            using var response = await site.AskAsync(proxy, Page, "Authorization: " + Basic("ada", "good"));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, proxy);
        }
        site.Core.Reports.ShouldNotContain(r => r.Finding == OutpostFinding.MethodMissing);
    }

    [Fact]
    public async Task A_proxy_that_does_not_say_the_method_is_told_which_line_to_add()
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "canary-app-password")] = new(_phone, 1, null, RequestLimits.Of(["GET"], []));

        (await StatusAsync(site, Page, Basic("ada", "canary-app-password"))).ShouldBe(HttpStatusCode.Unauthorized);

        var report = site.Core.Reports.Single(r => r.Finding == OutpostFinding.MethodMissing);
        report.Change.ShouldContain("proxy_set_header X-Original-Method $request_method;");
        report.Came.ShouldNotContain("canary-app-password");
    }

    [Fact]
    public async Task A_method_that_the_client_made_up_is_not_believed_from_a_proxy_that_says_none()
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "good")] = new(_phone, 1, null, RequestLimits.Of(["GET"], []));
        // what every other visitor's check looks like
        using var other = await site.CheckAsync(Page);

        (await StatusAsync(site, Page, Basic("ada", "good"), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.Unauthorized);

        // the proxy was put right
        site.Time.Advance(TimeSpan.FromMinutes(10));
        (await StatusAsync(site, Page, Basic("ada", "good"), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_proxy_leaves_out_for_people_it_leaves_out_for_programs_and_that_outlives_a_new_configuration()
    {
        await using var site = await StartAsync();
        site.Core.Programs[(1, "ada", "good")] = new(_phone, 1, null, RequestLimits.Of(["GET"], []));
        var browser = new Browser(site);
        await browser.SignInAsync("https://app.example.com/outpost.goauthentik.io/start");
        using var signedIn = await browser.CheckAsync(Page);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Core.Configuration = new([OutpostSite.Single], []);

        (await StatusAsync(site, Page, Basic("ada", "good"), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<OutpostSite> StartAsync(string? username = "ada", string? secret = null)
    {
        var site = await OutpostSite.StartAsync();
        if (secret is not null) site.Core.Programs[(1, username, secret)] = new(_phone, 1, null, RequestLimits.None);
        return site;
    }

    private static string Basic(string name, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    private static async Task<HttpStatusCode> StatusAsync(OutpostSite site, string url, string authorization, params string[] more)
    {
        using var response = await site.CheckAsync(url, ["Authorization: " + authorization, .. more]);
        return response.StatusCode;
    }
}
