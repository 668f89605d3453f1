using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>When a session stops: sign-out, changes, expiry, loss of contact.</summary>
public sealed class SessionLifeTests
{
    private const string App = "https://app.example.com/";

    [Fact]
    public async Task Sign_out_ends_every_session_of_the_person_and_leads_to_the_end_of_the_sign_in()
    {
        await using var site = await OutpostSite.StartAsync();
        var (one, two) = (new Browser(site), new Browser(site));
        foreach (var browser in new[] { one, two })
        {
            await browser.SignInAsync(App + "outpost.goauthentik.io/start");
            (await browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var response = await one.GetAsync(App + "outpost.goauthentik.io/sign_out");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.ShouldBe("https://auth.example.com/application/o/app/end-session/");
        one.CookieNames.ShouldNotContain("__Host-authentik_proxy_b44ea687");
        (await two.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        site.Core.Sessions.ShouldBeEmpty();
    }

    /// <summary>DESIGN 6.5: applications on sibling sub-domains are same-site, so the cookie comes along.</summary>
    [Theory]
    [InlineData("no-cors", "image", false)]
    [InlineData("no-cors", "empty", false)]
    [InlineData("cors", "empty", false)]
    [InlineData("navigate", "iframe", false)]
    [InlineData("navigate", "document", true)]
    public async Task Sign_out_ends_sessions_only_where_the_person_went_there(string mode, string destination, bool ends)
    {
        await using var site = await SignedInAsync();

        using var response = await site.Browser.GetAsync(
            App + "outpost.goauthentik.io/sign_out", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: " + mode, "Sec-Fetch-Dest: " + destination);

        response.StatusCode.ShouldBe(ends ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden);
        site.Site.Core.Sessions.IsEmpty.ShouldBe(ends);
        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(ends ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sign_out_without_contact_says_so_and_promises_nothing()
    {
        await using var site = await SignedInAsync();
        site.Site.Core.ContactLostAt = site.Site.Time.GetUtcNow();
        site.Site.Core.IsStoreAway = true;
        site.Site.Time.Advance(TimeSpan.FromMinutes(6));

        using var response = await site.Browser.GetAsync(App + "outpost.goauthentik.io/sign_out");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        site.Browser.CookieNames.ShouldContain("__Host-authentik_proxy_b44ea687");
    }

    [Fact]
    public async Task Sign_out_without_a_session_leads_to_the_end_of_the_sign_in_too()
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.BrowseAsync(App + "outpost.goauthentik.io/sign_out");

        response.Headers.Location!.OriginalString.ShouldBe("https://auth.example.com/application/o/app/end-session/");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Known_session_is_answered_from_memory()
    {
        await using var site = await SignedInAsync();
        var reads = site.Site.Core.Reads;

        for (var i = 0; i < 10; i++)
            (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);

        site.Site.Core.Reads.ShouldBe(reads);
        site.Site.Core.IdentityCalls.ShouldBe(1);
    }

    [Fact]
    public async Task Ended_sign_in_is_refused_at_the_next_check()
    {
        await using var site = await SignedInAsync();
        site.Site.Core.Sessions.Clear();
        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);

        site.Site.Outpost.Sessions.EndSession("sign-in-1");

        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Changed_person_shows_in_the_headers_of_the_next_check()
    {
        await using var site = await SignedInAsync();
        site.Site.Core.People[1] = site.Site.Core.People[1] with { Groups = "new" };

        site.Site.Outpost.Sessions.ForgetUser(1);

        using var response = await site.Browser.CheckAsync(App);
        response.Headers.GetValues("X-authentik-groups").ShouldBe(["new"]);
    }

    [Fact]
    public async Task Changed_configuration_asks_for_the_identity_again()
    {
        await using var site = await SignedInAsync();
        site.Site.Core.People.Clear();
        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);

        site.Site.Core.Configuration = new OutpostConfiguration([OutpostSite.Single], []);

        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_ends_when_its_time_is_over()
    {
        await using var site = await SignedInAsync();
        site.Site.Time.Advance(TimeSpan.FromHours(24));

        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        site.Site.Outpost.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Without_contact_a_known_session_passes_for_a_while_then_nobody_does()
    {
        await using var site = await SignedInAsync();
        var stranger = new Browser(site.Site);
        stranger.Set("app.example.com", "__Host-authentik_proxy_b44ea687", new string('A', 43));
        site.Site.Core.ContactLostAt = site.Site.Time.GetUtcNow();
        site.Site.Core.IsStoreAway = true;
        site.Site.Time.Advance(TimeSpan.FromMinutes(4));
        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stranger.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        site.Site.Time.Advance(TimeSpan.FromMinutes(2));

        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Strict_setting_honours_nothing_without_contact()
    {
        await using var site = await SignedInAsync();
        site.Site.Core.StaleMax = TimeSpan.Zero;
        site.Site.Core.ContactLostAt = site.Site.Time.GetUtcNow();
        site.Site.Time.Advance(TimeSpan.FromSeconds(4));

        (await site.Browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Junk_cookies_leave_nothing_in_memory()
    {
        await using var site = await OutpostSite.StartAsync();

        for (var i = 0; i < 500; i++)
        {
            var junk = global::System.Buffers.Text.Base64Url.EncodeToString(global::System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
            (await site.CheckAsync(App, "Cookie: __Host-authentik_proxy_b44ea687=" + junk)).Dispose();
        }

        site.Outpost.Sessions.Count.ShouldBe(0);
    }

    private static async Task<SignedIn> SignedInAsync()
    {
        var site = await OutpostSite.StartAsync();
        var browser = new Browser(site);
        await browser.SignInAsync(App + "outpost.goauthentik.io/start");
        (await browser.CheckAsync(App)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return new SignedIn(site, browser);
    }

    private sealed record SignedIn(OutpostSite Site, Browser Browser) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
