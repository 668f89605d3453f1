using Hearthkey.Directory;
using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Admin;

/// <summary>DESIGN 6.9: what changes admins or shows secrets needs a recent password.</summary>
public sealed class PasswordAgainTests
{
    private const string New = "/if/admin/tokens/new/";

    [Fact]
    public async Task After_a_quarter_of_an_hour_a_token_needs_the_password_and_loses_nothing_that_was_typed()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var session = admin.SessionId;

        var question = await admin.SaveAsync(New, ("identifier", "terraform"), ("intent", "api"), ("description", "the CI"));

        question.Status.ShouldBe(403);
        question.Heading.ShouldBe("Is it still you?");
        question.Hidden()["identifier"].ShouldBe("terraform");

        var wrong = await admin.PostAsync(New, Answer(question, "guessed wrong"));

        wrong.Status.ShouldBe(422);
        wrong.Text.ShouldContain("This is not your password.");
        (await admin.GetAsync("/if/admin/tokens/?search=terraform")).Text.ShouldContain("Nothing matches");

        var right = await admin.PostAsync(New, Answer(wrong, FlowSite.Password));

        right.Status.ShouldBe(303);
        admin.SessionId.ShouldNotBe(session);
        var key = await admin.GetAsync(right.Location!);
        key.Status.ShouldBe(200);
        key.Text.ShouldContain("terraform was created.");
        key.Html.ShouldContain("id=\"f-key\" type=\"password\" value=\"");
    }

    [Fact]
    public async Task Proving_it_again_does_not_make_the_session_longer()
    {
        await using var site = await FlowSite.StartAsync();
        await site.ChangeStageAsync("default-authentication-login", """{"session_duration":"hours=1"}""");
        using var admin = await site.SignedInAsync();
        var end = await EndAsync(site);
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var question = await admin.SaveAsync(New, ("identifier", "terraform"), ("intent", "api"));

        (await admin.PostAsync(New, Answer(question, FlowSite.Password))).Status.ShouldBe(303);

        (await EndAsync(site)).ShouldBe(end);
        var cookie = admin.Last.SetCookies.Single(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal));
        cookie.ShouldMatch("max-age=26(39|40)");
        site.Time.Advance(TimeSpan.FromMinutes(45));
        (await admin.GetAsync("/if/user/")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_session_that_ends_with_the_browser_still_does_after_proving_it_again()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var question = await admin.SaveAsync(New, ("identifier", "terraform"), ("intent", "api"));

        await admin.PostAsync(New, Answer(question, FlowSite.Password));

        admin.Last.SetCookies.Single(c => c.StartsWith("hearthkey_session=", StringComparison.Ordinal)).ShouldNotContain("max-age");
    }

    [Fact]
    public async Task A_wrong_answer_there_is_an_event()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var question = await admin.SaveAsync(New, ("identifier", "terraform"), ("intent", "api"));

        await admin.PostAsync(New, Answer(question, "guessed wrong"));

        var failed = (await site.EventsAsync("login_failed")).ShouldHaveSingleItem();
        failed.Context.ShouldContain("akadmin");
        failed.Context.ShouldContain("wrong password");
        failed.Context.ShouldNotContain("guessed wrong");
    }

    [Fact]
    public async Task Guessing_there_is_slowed_down_like_anywhere()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var question = await admin.SaveAsync(New, ("identifier", "terraform"), ("intent", "api"));
        for (var i = 0; i < Throttle.AccountLimit; i++) question = await admin.PostAsync(New, Answer(question, "guess"));

        var answer = await admin.PostAsync(New, Answer(question, FlowSite.Password));

        answer.Status.ShouldBe(422);
        answer.Text.ShouldContain("Too many wrong attempts.");
    }

    [Fact]
    public async Task A_new_password_for_somebody_is_asked_for_after_the_own_one_and_signs_them_out()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var mara = await site.AddUserAsync("mara");
        using var browser = await site.SignedInAsync("mara");
        site.Time.Advance(TimeSpan.FromMinutes(16));
        var path = $"/if/admin/users/{mara.Pk}/password/";

        var question = await admin.GetAsync(path);
        var proved = await admin.PostAsync(path, Answer(question, FlowSite.Password));

        proved.Location.ShouldBe(path);
        (await admin.SaveAsync(path, ("password", "short"), ("password_repeated", "short"))).Text.ShouldContain("too short");
        (await admin.SaveAsync(path, ("password", "sunflower lantern"), ("password_repeated", "sunflower"))).Text.ShouldContain("not the same");
        (await admin.SaveAsync(path, ("password", "sunflower lantern"), ("password_repeated", "sunflower lantern"))).Location.ShouldBe($"/if/admin/users/{mara.Pk}/");
        (await browser.GetAsync("/if/user/")).Status.ShouldBe(303);
        using var again = await site.SignedInAsync("mara", "sunflower lantern");
        (await again.GetAsync("/if/user/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_person_is_switched_off_and_on()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var mara = await site.AddUserAsync("mara");
        using var browser = await site.SignedInAsync("mara");
        var page = $"/if/admin/users/{mara.Pk}/";

        (await admin.SaveAsync(page, page + "active/", ("is_active", "false"))).Location.ShouldBe(page);

        (await browser.GetAsync("/if/user/")).Status.ShouldBe(303);
        (await admin.GetAsync(page)).Text.ShouldContain("Inactive");
        (await admin.SaveAsync(page, page + "active/", ("is_active", "true"))).Location.ShouldBe(page);
        (await site.Services.GetRequiredService<People>().FindAsync(mara.Pk, TestContext.Current.CancellationToken))!.IsActive.ShouldBeTrue();
    }

    private static Dictionary<string, string> Answer(FlowPageSeen question, string password)
    {
        var values = question.Hidden();
        values["password_again"] = password;
        return values;
    }

    private static Task<DateTimeOffset> EndAsync(FlowSite site) =>
        site.Store.ReadAsync(db => db.OneAsync($"select expires_at from session", r => r.Time()), CancellationToken.None);
}
