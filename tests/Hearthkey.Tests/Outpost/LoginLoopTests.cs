using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Logins that come round: the fifth in a minute is stopped, and the page and the operator learn what is lost.</summary>
public sealed class LoginLoopTests
{
    private const string Page = "https://app.example.com/page";
    private const string Start = "https://app.example.com/outpost.goauthentik.io/start?rd=/page";

    [Fact]
    public async Task Check_without_cookies_is_named_with_the_line_of_the_proxy()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        for (var i = 0; i < 4; i++)
        {
            (await site.CheckAsync(Page)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            await browser.SignInAsync(Start);
        }

        using var stopped = await browser.GetAsync(Start);

        stopped.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await stopped.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldStartWith("page LoginGoesRound");
        var report = site.Core.Reports.Last(r => r.Finding == OutpostFinding.LoginGoesRound);
        report.Came.ShouldContain("__Host-authentik_proxy_b44ea687");
        report.Change.ShouldContain("proxy_set_header Cookie");
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("traefik")]
    [InlineData("caddy")]
    [InlineData("envoy")]
    [InlineData("apache")]
    public async Task Cookie_that_is_not_kept_is_named(string proxy)
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        var status = HttpStatusCode.Redirect;
        for (var i = 0; i < 6 && status == HttpStatusCode.Redirect; i++)
        {
            status = await RoundAsync(site, browser, proxy);
            browser.Forget("__Host-authentik_proxy_b44ea687");
            (i, status).ShouldBe(i == 4 ? (i, HttpStatusCode.BadRequest) : (i, HttpStatusCode.Redirect));
        }

        var report = site.Core.Reports.Last(r => r.Finding == OutpostFinding.LoginGoesRound);
        report.Came.ShouldContain("A browser without the cookie __Host-authentik_proxy_b44ea687");
        report.Change.ShouldContain("https://app.example.com");
        report.Change.ShouldContain(proxy, Case.Insensitive);
    }

    [Fact]
    public async Task Trying_again_after_the_page_starts_a_login()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        for (var i = 0; i < 4; i++)
            await browser.SignInAsync(Start);
        (await browser.GetAsync(Start)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await browser.SignInAsync(Start)).ShouldBe(Page);
    }

    [Fact]
    public async Task Logins_over_a_longer_time_are_no_loop()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        for (var i = 0; i < 12; i++)
        {
            await browser.SignInAsync(Start);
            site.Time.Advance(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task Twenty_tabs_that_start_at_once_all_end_well()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        var started = new List<string>();
        for (var i = 0; i < 20; i++)
            started.Add((await browser.GetAsync(Start + i)).Headers.Location!.OriginalString);

        foreach (var location in started)
            (await browser.SignInAsync(site.Core.Authorize(location))).ShouldStartWith(Page);
    }

    [Fact]
    public async Task Signing_out_and_in_again_is_no_loop()
    {
        await using var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        for (var i = 0; i < 8; i++)
        {
            await browser.SignInAsync(Start);
            await browser.GetAsync("https://app.example.com/outpost.goauthentik.io/sign_out");
        }
    }

    [Theory]
    [InlineData("{0}.9999999999.1")]
    [InlineData("{0}.-1.-1")]
    [InlineData("{0}.4")]
    [InlineData("{0}..")]
    [InlineData("{0}.1.1.1")]
    [InlineData(".1.1")]
    public async Task Counter_that_somebody_made_up_harms_nobody(string value)
    {
        await using var site = await OutpostSite.StartAsync();
        var secret = new string('A', 43);
        var browser = new Browser(site);
        browser.Set("app.example.com", "__Host-authentik_proxy_b44ea687_login",
            string.Format(global::System.Globalization.CultureInfo.InvariantCulture, value, secret));

        (await browser.SignInAsync(Start)).ShouldBe(Page);
    }

    private static async Task<HttpStatusCode> RoundAsync(OutpostSite site, Browser browser, string proxy)
    {
        if (proxy == "nginx")
            (await browser.CheckAsync(Page)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        if (proxy == "apache")
            (await browser.AskAsync(proxy, Page)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var begun = proxy is "nginx" or "apache" ? await browser.GetAsync(Start) : await browser.AskAsync(proxy, Page);
        if (begun.StatusCode == HttpStatusCode.Redirect)
            await browser.SignInAsync(site.Core.Authorize(begun.Headers.Location!.OriginalString));
        return begun.StatusCode;
    }
}
