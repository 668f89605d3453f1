using System.Text.RegularExpressions;
using Hearthkey.Flows;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Flows;

public sealed partial class SignInTests
{
    /// <summary>Whoever stands in a trusted network can make up the address that an event shows: the event says who told it.</summary>
    [Fact]
    public async Task An_event_says_who_told_the_address_that_it_shows()
    {
        await using var site = await FlowSite.StartAsync();
        using var behind = site.Browse("203.0.113.7");
        using var direct = site.Browse();

        await behind.SignInAsync("akadmin", "wrong password");
        await direct.SignInAsync("akadmin", "wrong password");

        var failed = await site.EventsAsync("login_failed");
        failed.Count(e => e.Context.Contains("reported_by", StringComparison.Ordinal)).ShouldBe(1);
        failed.ShouldContain(e => e.Context.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    /// <summary>The house's nginx says who connected to it; what that machine says of others is only a claim.</summary>
    [Fact]
    public async Task A_machine_in_the_house_gains_nothing_by_saying_to_be_somebody_who_signed_in_before()
    {
        await using var site = await FlowSite.StartAsync();
        using var owner = site.Browse("203.0.113.7");
        (await owner.SignInAsync("akadmin", FlowSite.Password)).Status.ShouldBe(303);
        using var guest = site.Browse("192.168.1.66");
        for (var i = 0; i < 5; i++) await guest.SignInAsync("akadmin", "wrong password");

        using var liar = site.Browse("203.0.113.7, 192.168.1.66");
        (await liar.SignInAsync("akadmin", "wrong password")).Status.ShouldBe(429);
        using var again = site.Browse("203.0.113.7");
        (await again.SignInAsync("akadmin", FlowSite.Password)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task The_default_flow_signs_in_and_leads_to_the_portal()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        var start = await browser.GetAsync(FlowBrowser.SignInPath);
        start.Status.ShouldBe(200, start.Html);
        start.Asks("uid_field").ShouldBeTrue();
        (await site.CountAsync("flow_state")).ShouldBe(0, "an anonymous GET writes nothing");
        await browser.SubmitAsync(("uid_field", "AkAdmin"));
        browser.Last.Status.ShouldBe(303, browser.Last.Html);
        (await site.CountAsync("flow_state")).ShouldBe(1);
        var password = await browser.GetAsync(browser.Last.Location!);
        password.Asks("password").ShouldBeTrue();
        var done = await browser.SubmitAsync(("password", FlowSite.Password));

        done.Status.ShouldBe(303, done.Html);
        done.Location.ShouldBe("/if/user/");
        browser.SessionId.ShouldNotBeNull();
        (await site.CountAsync("flow_state")).ShouldBe(0);
        var login = (await site.EventsAsync("login")).ShouldHaveSingleItem();
        login.Context.ShouldContain("password");
        login.Context.ShouldNotContain(FlowSite.Password);
    }

    [Fact]
    public async Task The_default_pages_lead_to_the_flows_of_the_brand()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        (await browser.GetAsync("/flows/-/default/authentication/?next=/x")).Location.ShouldBe("/if/flow/default-authentication-flow/?next=/x");
        (await browser.GetAsync("/flows/-/default/invalidation/")).Location.ShouldBe("/if/flow/default-invalidation-flow/");
        (await browser.GetAsync("/flows/-/default/enrollment/")).Status.ShouldBe(404);
        (await browser.GetAsync("/if/flow/nothing-here/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_a_wrong_password_and_a_disabled_account_get_one_answer()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("grace", "grace@example.com", isActive: false);
        var answers = new List<string>();

        (string, string)[] attempts = [("nobody-at-all", "x"), ("akadmin", "not the password"), ("grace", FlowSite.Password), ("nobody@example.com", "x")];

        foreach (var (name, password) in attempts)
        {
            using var browser = site.Browse();
            var page = await browser.SignInAsync(name, password);
            page.Status.ShouldBe(422);
            browser.SessionId.ShouldBeNull();
            answers.Add(Secrets().Replace(page.Html.Replace(name, "NAME", StringComparison.Ordinal), "").Replace($">{char.ToUpperInvariant(name[0])}</span>", ">N</span>", StringComparison.Ordinal));
        }

        answers.Distinct().Count().ShouldBe(1, string.Join("\n-----\n", answers.Distinct()));
        answers[0].ShouldContain("That did not match");
    }

    [Fact]
    public async Task A_failed_sign_in_is_one_event_a_minute_that_says_why_but_never_what_was_typed()
    {
        await using var site = await FlowSite.StartAsync();

        foreach (var name in (string[])["akadmin", "akadmin", "my secret typed here"])
        {
            using var browser = site.Browse();
            await browser.SignInAsync(name, "wrong-and-secret");
        }

        var events = await site.EventsAsync("login_failed");
        events.Count.ShouldBe(2);
        events[0].Times.ShouldBe(2);
        events[0].Context.ShouldContain("wrong password");
        events[0].Context.ShouldContain("default-authentication-password");
        events[1].Context.ShouldContain("nobody has the name");
        string.Concat(events.Select(e => e.Context)).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Five_wrong_passwords_end_the_flow_and_throttle_the_account_also_for_the_right_one()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada", "ada@example.com");
        using var browser = site.Browse();
        await browser.SignInAsync("ada", "wrong");
        for (var i = 0; i < 3; i++) (await browser.SubmitAsync(("password", "wrong"))).Status.ShouldBe(422);

        (await browser.SubmitAsync(("password", "wrong"))).Status.ShouldBe(403);
        browser.Last.Text.ShouldContain("too many wrong passwords");
        (await site.CountAsync("flow_state")).ShouldBe(0);

        using var second = site.Browse();
        // the same account by its address: one count
        var refused = await second.SignInAsync("ADA@example.com", FlowSite.Password);
        refused.Status.ShouldBe(429);
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Text.ShouldContain("Wait a second");
        second.SessionId.ShouldBeNull();
        site.Time.Advance(TimeSpan.FromSeconds(2));
        (await second.SubmitAsync(("password", FlowSite.Password))).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_forwarded_address_does_not_reset_the_throttle()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        for (var i = 0; i < 5; i++)
        {
            using var browser = site.Browse();
            await browser.GetAsync(FlowBrowser.SignInPath, "same-origin", ("X-Forwarded-For", $"203.0.113.{i}"));
            await browser.SubmitAsync(("uid_field", "ada"));
            await browser.GetAsync(browser.Last.Location!);
            await browser.SubmitAsync(("password", "wrong"));
        }

        using var last = site.Browse();
        (await last.SignInAsync("ada", FlowSite.Password)).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Parallel_wrong_passwords_are_not_all_looked_at()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        using var browser = site.Browse();
        var pages = new List<FlowPageSeen>();
        for (var i = 0; i < 30; i++)
        {
            await browser.GetAsync(FlowBrowser.SignInPath);
            await browser.SubmitAsync(("uid_field", "ada"));
            pages.Add(await browser.GetAsync(browser.Last.Location!));
        }

        var answers = await Task.WhenAll(pages.Select(p => browser.SubmitAsync(p, ("password", "wrong"))));

        answers.Count(a => a.Status == 422).ShouldBeLessThanOrEqualTo(5);
        answers.Count(a => a.Status == 429).ShouldBeGreaterThanOrEqualTo(25);
    }

    [Fact]
    public async Task Somebody_signed_in_goes_on_to_next_unless_a_fresh_login_is_asked_for()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();
        var before = browser.SessionId;

        (await browser.GetAsync(FlowBrowser.SignInPath + "?next=/somewhere?a=1%26b=2")).Location.ShouldBe("/somewhere?a=1&b=2");
        var again = await browser.SignInAsync("akadmin", FlowSite.Password, "?prompt=login&next=/there");

        again.Location.ShouldBe("/there");
        browser.SessionId.ShouldNotBe(before, "every proof gives a new id");
        (await site.CountAsync("session")).ShouldBe(1, "it is still the same session");
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_ends_the_session_before()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        using var browser = await site.SignedInAsync();

        await browser.SignInAsync("ada", FlowSite.Password, "?prompt=login");

        (await site.CountAsync("session")).ShouldBe(1);
        (await site.EventsAsync("login")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"user_fields":["email"]}""", "ada", false)]
    [InlineData("""{"user_fields":["email"]}""", "ada@example.com", true)]
    [InlineData("""{"user_fields":["username"]}""", "ada@example.com", false)]
    [InlineData("""{"user_fields":["username"]}""", "ada", true)]
    [InlineData("""{"case_insensitive_matching":false}""", "ADA", false)]
    [InlineData("""{"case_insensitive_matching":false}""", "ada", true)]
    [InlineData("""{"case_insensitive_matching":true}""", "ADA", true)]
    public async Task The_identification_stage_says_what_may_be_typed(string settings, string typed, bool isFound)
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada", "ada@example.com");
        await site.ChangeStageAsync("default-authentication-identification", settings);
        using var browser = site.Browse();

        (await browser.SignInAsync(typed, FlowSite.Password)).Status.ShouldBe(isFound ? 303 : 422);
    }

    [Fact]
    public async Task Without_pretending_an_unknown_name_is_told_at_once_and_a_known_one_is_shown()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada", "ada@example.com");
        await site.ChangeStageAsync("default-authentication-identification", """{"pretend_user_exists":false}""");
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath);

        (await browser.SubmitAsync(("uid_field", "nobody"))).Status.ShouldBe(422);
        browser.Last.Text.ShouldContain("We know nobody of this name");
        await browser.SubmitAsync(("uid_field", "ada@example.com"));
        (await browser.GetAsync(browser.Last.Location!)).Html.ShouldContain("<span class=\"grow\">ada</span>");

        await site.ChangeStageAsync("default-authentication-identification", """{"show_matched_user":false}""");
        await browser.GetAsync(FlowBrowser.SignInPath);
        await browser.SubmitAsync(("uid_field", "ada@example.com"));
        (await browser.GetAsync(browser.Last.Location!)).Html.ShouldContain("<span class=\"grow\">ada@example.com</span>");
    }

    [Fact]
    public async Task A_password_stage_can_stand_on_the_page_of_identification()
    {
        await using var site = await FlowSite.StartAsync();
        var stage = site.Stage("default-authentication-password");
        await site.ChangeStageAsync("default-authentication-identification", $$"""{"password_stage":"{{stage.Pk}}"}""");
        using var browser = site.Browse();
        var page = await browser.GetAsync(FlowBrowser.SignInPath);
        page.Asks("uid_field").ShouldBeTrue();
        page.Asks("password").ShouldBeTrue();

        (await browser.SubmitAsync(("uid_field", "akadmin"), ("password", "wrong"))).Status.ShouldBe(422);
        browser.SessionId.ShouldBeNull();
        browser.Last.Asks("password").ShouldBeTrue();
        (await browser.SubmitAsync(("uid_field", "akadmin"))).Status.ShouldBe(422);
        (await browser.SubmitAsync(("uid_field", "nobody"), ("password", FlowSite.Password))).Status.ShouldBe(422);
        (await browser.SubmitAsync(("uid_field", "akadmin"), ("password", FlowSite.Password))).Location.ShouldBe("/if/user/");
        browser.SessionId.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_password_stage_says_whether_it_can_be_shown_and_how_many_tries_there_are()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        (await browser.SignInAsync("akadmin", "wrong")).Html.ShouldContain("data-reveal=\"password\"");

        await site.ChangeStageAsync("default-authentication-password", """{"allow_show_password":false,"failed_attempts_before_cancel":2}""");
        (await browser.SignInAsync("akadmin", "wrong")).Html.ShouldNotContain("data-reveal");
        (await browser.SubmitAsync(("password", "wrong"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_login_stage_says_how_long_the_session_lasts_and_whether_others_end()
    {
        await using var site = await FlowSite.StartAsync();
        using var first = await site.SignedInAsync();
        first.Last.SetCookies.Single(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal)).ShouldNotContain("max-age");

        await site.ChangeStageAsync("default-authentication-login", """{"session_duration":"hours=2","terminate_other_sessions":true}""");
        using var second = await site.SignedInAsync();

        second.Last.SetCookies.Single(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal)).ShouldContain("max-age=7200");
        (await site.CountAsync("session")).ShouldBe(1);
        (await first.GetAsync(FlowBrowser.SignInPath)).Status.ShouldBe(200, "the first one is signed out");
        site.Time.Advance(TimeSpan.FromHours(2));
        (await second.GetAsync(FlowBrowser.SignInPath)).Status.ShouldBe(200, "two hours are over");
    }

    [Fact]
    public async Task The_page_names_what_the_person_is_on_the_way_to()
    {
        await using var site = await FlowSite.StartAsync(b => b.Services.AddSingleton(new PurposeSource(
            (_, next) => next.StartsWith("/application/", StringComparison.Ordinal) ? new Purpose("Grafana <3", "https://grafana.example") : null)));
        using var browser = site.Browse();

        (await browser.GetAsync(FlowBrowser.SignInPath + "?next=/application/o/authorize/")).Text.ShouldContain("Continue to Grafana <3");
        (await browser.GetAsync(FlowBrowser.SignInPath + "?next=/elsewhere")).Text.ShouldNotContain("Grafana");
        (await browser.GetAsync("/if/flow/default-provider-invalidation-flow/?next=")).Heading.ShouldBe("You've logged out of the application.");
    }

    [GeneratedRegex("value=\"[^\"]*\"|action=\"[^\"]*\"|href=\"[^\"]*\"")]
    private static partial Regex Secrets();
}
