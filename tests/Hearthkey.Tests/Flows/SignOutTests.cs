using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

public sealed class SignOutTests
{
    private const string Path = "/if/flow/default-invalidation-flow/";

    [Fact]
    public async Task A_link_on_our_own_page_signs_out()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();
        var old = browser.SessionId!;

        var done = await browser.OpenAsync("/flows/-/default/invalidation/");

        done.Text.ShouldContain("You are signed out");
        browser.SessionId.ShouldBeNull();
        (await site.CountAsync("session")).ShouldBe(0);
        (await site.EventsAsync("logout")).Count.ShouldBe(1);
        (await site.Store.ReadAsync(db => db.OneAsync($"select count(*) from change where kind = 'session_end'", r => r.Long()), CancellationToken.None)).ShouldBe(1);
        browser.SetSession(old);
        (await browser.GetAsync(FlowBrowser.SignInPath)).Status.ShouldBe(200, "the old cookie is nobody's");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task A_link_from_elsewhere_asks_first(string? from)
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();

        var page = await browser.GetAsync(Path, from);

        page.Status.ShouldBe(200);
        page.Text.ShouldContain("Do you want to sign out?");
        (await site.CountAsync("session")).ShouldBe(1);
        (await browser.SubmitAsync()).Text.ShouldContain("You are signed out");
        (await site.CountAsync("session")).ShouldBe(0);
    }

    [Fact]
    public async Task A_browser_without_fetch_headers_is_believed_by_its_referer()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();

        (await browser.GetAsync(Path, null, ("Referer", "http://evil.example/"))).Text.ShouldContain("Do you want");
        (await browser.GetAsync(Path, null, ("Referer", $"{site.Address}if/user/"))).Text.ShouldContain("You are signed out");
    }

    [Fact]
    public async Task Signing_out_leads_to_next_and_signing_out_of_an_app_keeps_the_session()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();

        var page = await browser.GetAsync("/if/flow/default-provider-invalidation-flow/");
        page.Text.ShouldContain("You are still signed in");
        browser.SessionId.ShouldNotBeNull();
        (await browser.GetAsync(Path + "?next=/bye")).Location.ShouldBe("/bye");
        (await browser.GetAsync(Path + "?next=/bye")).Location.ShouldBe("/bye", "nobody signed in: nothing to do");
        (await site.EventsAsync("logout")).Count.ShouldBe(1);
    }
}
