using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>T31, T32: nobody gets past a stage that they have not passed, and the server's state wins over what a form claims.</summary>
public sealed class StageSkippingTests
{
    [Fact]
    public async Task A_random_walk_never_signs_in_without_name_and_password()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        var random = new Random(4711);
        var signedIn = 0;
        for (var walk = 0; walk < 12; walk++)
        {
            using var browser = site.Browse();
            var pages = new List<FlowPageSeen> { await browser.GetAsync(FlowBrowser.SignInPath) };
            for (var step = 0; step < 25; step++)
            {
                var page = pages[random.Next(pages.Count)];
                var values = page.Hidden();
                switch (random.Next(9))
                {
                    case 0: values.Remove("step"); break;
                    case 1: values["step"] = Guid.Empty.ToString(); break;
                    case 2: values["step"] = site.Stage("default-authentication-login").Pk.ToString(); break;
                    case 3: values.Remove("state"); break;
                    case 4: values["component"] = "ak-stage-user-login"; break;
                    case 5: values["pending_user"] = "akadmin"; break;
                    default: break;
                }
                if (random.Next(2) == 0) values["uid_field"] = "ada";
                if (random.Next(3) == 0) values["password"] = "wrong";
                var answer = random.Next(4) == 0 ? await browser.GetAsync(page.Action.Length > 0 ? page.Action : FlowBrowser.SignInPath) : await browser.PostAsync(page.Action.Length > 0 ? page.Action : FlowBrowser.SignInPath, values);
                if (answer.Location is { } next) answer = await browser.GetAsync(next);
                if (answer.Action.Length > 0) pages.Add(answer);
                if (browser.SessionId is not null) signedIn++;
            }
            site.Time.Advance(TimeSpan.FromMinutes(11));
        }

        signedIn.ShouldBe(0);
        (await site.CountAsync("session")).ShouldBe(0);
        (await site.EventsAsync("login")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_person_of_the_state_counts_not_the_one_a_form_names()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada", password: "the password of ada");
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath);
        await browser.SubmitAsync(("uid_field", "akadmin"));
        await browser.GetAsync(browser.Last.Location!);

        var answer = await browser.SubmitAsync(("password", "the password of ada"), ("uid_field", "ada"), ("pending_user", "ada"), ("user", "2"));

        answer.Status.ShouldBe(422);
        browser.SessionId.ShouldBeNull();
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_elsewhere_is_refused()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        using var stranger = site.Browse();
        var page = await browser.GetAsync(FlowBrowser.SignInPath);
        var foreign = (await stranger.GetAsync(FlowBrowser.SignInPath)).Hidden()["csrf"];

        (await browser.PostAsync(page.Action, new() { ["uid_field"] = "akadmin" })).Status.ShouldBe(403);
        (await browser.SubmitAsync(page, ("uid_field", "akadmin"), ("csrf", foreign))).Status.ShouldBe(403);
        foreach (var site2 in (string?[])["cross-site", "same-site", "none", null])
            (await browser.PostAsync(page.Action, new(page.Hidden()) { ["uid_field"] = "akadmin" }, site2)).Status.ShouldBe(403, site2);
        (await site.CountAsync("flow_state")).ShouldBe(0);
    }

    [Fact]
    public async Task A_state_opens_in_its_own_browser_only_and_for_an_hour()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        using var stranger = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath + "?next=/deep");
        var address = (await browser.SubmitAsync(("uid_field", "akadmin"))).Location!;

        await stranger.GetAsync(FlowBrowser.SignInPath);
        (await stranger.GetAsync(address)).Status.ShouldBe(410);
        (await browser.GetAsync(address.Replace("default-authentication-flow", "default-provider-invalidation-flow", StringComparison.Ordinal))).Status.ShouldBe(410);
        (await browser.GetAsync(address)).Asks("password").ShouldBeTrue();
        site.Time.Advance(TimeSpan.FromMinutes(61));
        var late = await browser.SubmitAsync(("password", FlowSite.Password));

        late.Status.ShouldBe(410);
        late.Text.ShouldContain("This took too long");
        late.Html.ShouldContain("href=\"/if/flow/default-authentication-flow/?next=%2Fdeep\"");
        browser.SessionId.ShouldBeNull();
        await WaitAsync(async () => await site.CountAsync("flow_state") == 0);
    }

    [Fact]
    public async Task Two_tabs_do_not_disturb_each_other()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        using var browser = site.Browse();
        var first = await browser.GetAsync(FlowBrowser.SignInPath + "?next=/first");
        var second = await browser.GetAsync(FlowBrowser.SignInPath + "?next=/second");
        var firstPassword = await browser.GetAsync((await browser.SubmitAsync(first, ("uid_field", "ada"))).Location!);
        var secondPassword = await browser.GetAsync((await browser.SubmitAsync(second, ("uid_field", "akadmin"))).Location!);
        firstPassword.Text.ShouldContain("ada");
        secondPassword.Text.ShouldContain("akadmin");

        (await browser.SubmitAsync(secondPassword, ("password", FlowSite.Password))).Location.ShouldBe("/second");
        // the first tab's form was made before the session: its password is not looked at, and its address goes on to where it led
        (await browser.SubmitAsync(firstPassword, ("password", FlowSite.Password))).Location.ShouldBe(firstPassword.Action);
        (await browser.GetAsync(firstPassword.Action)).Location.ShouldBe("/first");
        (await site.EventsAsync("login")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_back_button_shows_where_things_stand()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath);
        var identification = browser.Last;
        await browser.SubmitAsync(("uid_field", "akadmin"));
        var password = await browser.GetAsync(browser.Last.Location!);

        // a second click on the first form begins a state of its own
        (await browser.SubmitAsync(identification, ("uid_field", "akadmin"))).Status.ShouldBe(303);
        // the first page's answer sent into the running state is not taken for a password
        var stale = await browser.PostAsync(password.Action, new(password.Hidden()) { ["step"] = identification.Hidden()["step"], ["uid_field"] = "x", ["password"] = FlowSite.Password });
        stale.Status.ShouldBe(303);
        browser.SessionId.ShouldBeNull();
        (await browser.GetAsync(stale.Location!)).Asks("password").ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_answers_at_once_one_wins()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath);
        await browser.SubmitAsync(("uid_field", "akadmin"));
        var page = await browser.GetAsync(browser.Last.Location!);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(page, ("password", FlowSite.Password))));

        answers.Count(a => a.SetCookies.Any(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal))).ShouldBe(1);
        (await site.CountAsync("session")).ShouldBe(1);
        (await site.EventsAsync("login")).Count.ShouldBe(1);
    }

    internal static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 100 && !await isSo(); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        (await isSo()).ShouldBeTrue();
    }
}
