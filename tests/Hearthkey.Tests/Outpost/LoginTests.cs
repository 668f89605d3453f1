using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Tests.Outpost;

/// <summary>Start and callback, on one host and across the hosts of a domain.</summary>
public sealed class LoginTests
{
    private const string Start = "https://app.example.com/outpost.goauthentik.io/start?rd=";
    private const string SessionName = "__Host-authentik_proxy_b44ea687";

    [Fact]
    public async Task Start_asks_for_a_code_with_pkce_and_sets_one_cookie()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync(Start + "/page");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var location = response.Headers.Location!;
        location.GetLeftPart(UriPartial.Path).ShouldBe("https://auth.example.com/application/o/authorize/");
        var query = QueryHelpers.ParseQuery(location.Query);
        query.Keys.Order().ShouldBe(
            ["client_id", "code_challenge", "code_challenge_method", "redirect_uri", "response_type", "scope", "state"]);
        query["client_id"].ToString().ShouldBe("client-123");
        query["redirect_uri"].ToString().ShouldBe(
            "https://app.example.com/outpost.goauthentik.io/callback?X-authentik-auth-callback=true");
        query["scope"].ToString().ShouldBe("openid profile email ak_proxy entitlements");
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith(SessionName + "_login=");
        cookie.ShouldEndWith("; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Login_ends_at_the_deep_link_with_a_cookie_for_this_host_alone()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);

        var landed = await browser.SignInAsync(Start + "https://app.example.com/deep/link?a=1&b=2&rd=3&c=%26%20x");

        landed.ShouldBe("https://app.example.com/deep/link?a=1&b=2&rd=3&c=%26%20x");
        browser.Cookies("app.example.com").ShouldContain(SessionName + "=");
        browser.Cookies("other.example.com").ShouldBe("");
        var session = site.Core.Sessions.Values.ShouldHaveSingleItem();
        session.ProviderKey.ShouldBe(1);
        session.ExpiresAt.ShouldBe(site.Time.GetUtcNow().AddHours(24));
        (await browser.CheckAsync("https://app.example.com/deep")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_has_an_older_name_too()
    {
        await using var site = await OutpostSite.StartAsync();

        (await new Browser(site).SignInAsync("https://app.example.com/outpost.goauthentik.io/sign_in?rd=/p")).ShouldBe("https://app.example.com/p");
    }

    [Fact]
    public async Task Domain_level_login_that_starts_on_the_applications_host_gives_each_host_its_own_cookie()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);

        var landed = await browser.SignInAsync("https://one.lab.test/outpost.goauthentik.io/start?rd=https://one.lab.test/deep?a=1&b=2");

        landed.ShouldBe("https://one.lab.test/deep?a=1&b=2");
        (await browser.CheckAsync("https://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.CheckAsync("https://two.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        browser.Cookies("auth.lab.test").ShouldBe("");
        site.Core.Reports.ShouldNotContain(r => r.IsProblem);
        using var borrowed = await site.CheckAsync("https://two.lab.test/", "Cookie: " + browser.Cookies("one.lab.test"));
        borrowed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Domain_level_login_that_starts_on_the_external_host_sets_a_domain_cookie_and_says_so()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);

        var landed = await browser.SignInAsync("https://auth.lab.test/outpost.goauthentik.io/start?rd=https://one.lab.test/x");

        landed.ShouldBe("https://one.lab.test/x");
        (await browser.CheckAsync("https://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.CheckAsync("https://two.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.DomainCookie);
    }

    [Fact]
    public async Task Over_plain_http_the_cookie_has_no_prefix_and_the_port_is_kept()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Domain with { ExternalHost = "http://auth.lab.test:8080" });
        var browser = new Browser(site);

        var landed = await browser.SignInAsync("http://one.lab.test:8080/outpost.goauthentik.io/start?rd=http://one.lab.test:8080/deep?a=1&b=2");

        landed.ShouldBe("http://one.lab.test:8080/deep?a=1&b=2");
        browser.CookieNames.ShouldAllBe(n => n.StartsWith("authentik_proxy_", StringComparison.Ordinal));
        (await browser.CheckAsync("http://one.lab.test:8080/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Behind_a_tunnel_that_ends_tls_http_is_taken_for_https()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);

        (await browser.SignInAsync("http://app.example.com/outpost.goauthentik.io/start?rd=http://app.example.com/x?a=1&b=2"))
            .ShouldBe("https://app.example.com/x?a=1&b=2");
        (await browser.SignInAsync("http://one.lab.test/outpost.goauthentik.io/start?rd=http://one.lab.test/y")).ShouldBe("https://one.lab.test/y");
        (await browser.CheckAsync("http://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logins_that_start_at_once_without_a_cookie_all_succeed()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        var starts = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await site.BrowseAsync(Start + "/" + i);
            starts.Add(response.Headers.Location!.OriginalString);
            var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2);
            if (i == 4)
                browser.Set("app.example.com", cookie[0], cookie[1]);
        }

        for (var i = 0; i < 5; i++)
            (await browser.SignInAsync(site.Core.Authorize(starts[i]))).ShouldBe("https://app.example.com/" + i);
    }

    [Fact]
    public async Task Many_starts_leave_one_small_cookie()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);

        for (var i = 0; i < 50; i++)
            (await browser.GetAsync(Start + "/" + i)).Dispose();

        browser.CookieNames.ShouldHaveSingleItem();
        browser.Cookies("app.example.com").Length.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Callback_seen_twice_shows_the_application()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        using var start = await browser.GetAsync(Start + "/page");
        var callback = site.Core.Authorize(start.Headers.Location!.OriginalString);
        await browser.SignInAsync(callback);

        (await browser.SignInAsync(callback)).ShouldBe("https://app.example.com/page");

        site.Core.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Callback_in_another_browser_gives_no_session_and_ends_in_that_browsers_own_login()
    {
        await using var site = await OutpostSite.StartAsync();
        using var start = await new Browser(site).GetAsync(Start + "/page");
        var callback = site.Core.Authorize(start.Headers.Location!.OriginalString, user: 666);
        var victim = new Browser(site);

        using var response = await victim.GetAsync(callback);

        response.Headers.Location!.OriginalString.ShouldStartWith("https://auth.example.com/application/o/authorize/");
        victim.CookieNames.ShouldBe([SessionName + "_login"]);
        site.Core.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Browser_without_cookies_gets_an_explanation_at_the_second_attempt()
    {
        await using var site = await OutpostSite.StartAsync();
        using var start = await site.BrowseAsync(Start + "/page");
        using var first = await site.BrowseAsync(site.Core.Authorize(start.Headers.Location!.OriginalString));
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var second = await site.BrowseAsync(site.Core.Authorize(first.Headers.Location!.OriginalString));

        second.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page CookiesBlocked");
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.CookieLost);
    }

    [Fact]
    public async Task State_that_is_too_old_starts_again()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        using var start = await browser.GetAsync(Start + "/page");
        var callback = site.Core.Authorize(start.Headers.Location!.OriginalString);
        site.Time.Advance(TimeSpan.FromMinutes(16));

        using var response = await browser.GetAsync(callback);

        response.Headers.Location!.OriginalString.ShouldStartWith("https://auth.example.com/application/o/authorize/");
        site.Core.Sessions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("code=x")]
    [InlineData("code=x&state=")]
    [InlineData("code=x&state=AAAA")]
    [InlineData("code=x&state=%ff%00")]
    [InlineData("state=AAAA&code=x&state=BBBB")]
    public async Task Callback_with_a_damaged_state_is_refused(string arguments)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync(
            "https://app.example.com/outpost.goauthentik.io/callback?X-authentik-auth-callback=true&" + arguments);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page LoginInvalid");
    }

    [Fact]
    public async Task State_with_one_changed_character_is_refused()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        using var start = await browser.GetAsync(Start + "/page");
        var callback = site.Core.Authorize(start.Headers.Location!.OriginalString);
        var at = callback.IndexOf("&state=", StringComparison.Ordinal) + 90;
        var changed = callback[..at] + (callback[at] == 'A' ? 'B' : 'A') + callback[(at + 1)..];

        using var response = await browser.GetAsync(changed);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task State_of_one_provider_is_refused_by_another_with_the_same_key()
    {
        await using var site = await OutpostSite.StartAsync(
            OutpostSite.Single, OutpostSite.Single with { Pk = 3, ClientId = "other", ExternalHost = "https://other.example.com" });
        using var start = await site.BrowseAsync(Start + "/page");
        var callback = site.Core.Authorize(start.Headers.Location!.OriginalString);

        using var response = await site.BrowseAsync(callback.Replace("app.example.com", "other.example.com", StringComparison.Ordinal));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("access_denied", 403, "access_denied")]
    [InlineData("server_error", 400, "server_error")]
    [InlineData("<script>", 400, "")]
    public async Task Error_from_the_authorization_endpoint_is_shown(string error, int status, string shown)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync(
            "https://app.example.com/outpost.goauthentik.io/callback?error=" + Uri.EscapeDataString(error) + "&state=x");

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("page AuthorizationRefused " + shown);
    }

    [Fact]
    public async Task Nobody_gets_a_cookie_when_the_session_could_not_be_stored()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        using var start = await browser.GetAsync(Start + "/page");
        site.Core.IsStoreAway = true;

        using var response = await browser.GetAsync(site.Core.Authorize(start.Headers.Location!.OriginalString));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }
}
