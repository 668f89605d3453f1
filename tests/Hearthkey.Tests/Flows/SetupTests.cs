using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Storage;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Flows;

/// <summary>Initial setup, and T42: it is closed for good once an admin has had a password.</summary>
public sealed class SetupTests
{
    private const string Path = "/if/flow/initial-setup/";

    [Fact]
    public async Task The_printed_link_sets_up_the_admin_and_the_base_url_once()
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        using var browser = site.Browse();
        var link = await IssueAsync(site);

        var page = await browser.GetAsync(link!);
        page.Status.ShouldBe(200, page.Html);
        page.Html.ShouldContain($"value=\"{site.Address.ToString().TrimEnd('/')}\"");
        page.Text.ShouldContain("127.0.0.1");
        (await browser.SubmitAsync(Answers(site, ("email", "not an address")))).Status.ShouldBe(422);
        (await browser.SubmitAsync(Answers(site, ("password", "password"), ("password_repeat", "password")))).Text.ShouldContain("tried first");
        (await browser.SubmitAsync(Answers(site, ("password", "short"), ("password_repeat", "short")))).Text.ShouldContain("at least 8 characters");
        (await browser.SubmitAsync(Answers(site, ("password_repeat", "another one")))).Text.ShouldContain("not the same");
        (await browser.SubmitAsync(Answers(site, ("base_url", "https://auth.example.com/path")))).Text.ShouldContain("without a path");
        var done = await browser.SubmitAsync(Answers(site));

        done.Location.ShouldBe("/if/admin/");
        browser.SessionId.ShouldNotBeNull();
        var admin = (await site.Services.GetRequiredService<People>().FindByLoginAsync("akadmin", true, false, CancellationToken.None))!;
        admin.Email.ShouldBe("ada@example.com");
        admin.HasPassword.ShouldBeTrue();
        site.Services.GetRequiredService<Snapshots>().Current.Get<InstanceSettings>().BaseUrl.ShouldBe(site.Address.ToString().TrimEnd('/'));
        (await browser.GetAsync("/")).Location.ShouldBe("/if/user/");
        (await browser.GetAsync(link!)).Status.ShouldBe(410);
        (await IssueAsync(site)).ShouldBeNull();
        using var signedIn = await site.SignedInAsync();
        signedIn.SessionId.ShouldNotBeNull();
        (await site.Store.ReadAsync(db => db.ListAsync($"select context from event", r => r.Text()), CancellationToken.None)).ShouldNotContain(c => c.Contains(FlowSite.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_link_the_page_says_where_to_look()
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        using var browser = site.Browse();
        var old = await IssueAsync(site);
        var link = await IssueAsync(site);

        (await browser.GetAsync("/")).Location.ShouldBe(Path);
        (await browser.GetAsync(Path)).Text.ShouldContain("log of the server");
        (await browser.GetAsync(Path + "?setup=" + new string('x', 43))).Text.ShouldContain("no longer good");
        (await browser.GetAsync(old!)).Status.ShouldBe(200, "another node may have printed it");
        (await browser.GetAsync(link!)).Status.ShouldBe(200);
        var form = browser.Last;
        site.Time.Advance(TimeSpan.FromHours(25));
        (await browser.GetAsync(link!)).Text.ShouldContain("no longer good");
        (await browser.GetAsync(old!)).Text.ShouldContain("no longer good");
        (await browser.SubmitAsync(form, Answers(site))).Text.ShouldContain("no longer good");
        (await browser.PostAsync(Path, new() { ["csrf"] = form.Hidden()["csrf"], ["password"] = FlowSite.Password, ["password_repeat"] = FlowSite.Password, ["email"] = "a@b.c", ["base_url"] = "https://x.example" }))
            .Text.ShouldContain("log of the server");
        (await site.CountAsync("session")).ShouldBe(0);
    }

    /// <summary>Each start of each node prints a link; whoever reads one log or the other may use the one that stands there.</summary>
    [Fact]
    public async Task Every_link_that_was_printed_is_good_until_one_of_them_has_done_it()
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        var (first, second) = (await IssueAsync(site), await IssueAsync(site));
        first.ShouldNotBe(second);
        using var browser = site.Browse();
        using var other = site.Browse();
        await other.GetAsync(second!);

        (await browser.GetAsync(first!)).Status.ShouldBe(200);
        (await browser.SubmitAsync(Answers(site))).Location.ShouldBe("/if/admin/");

        (await other.SubmitAsync(Answers(site))).Status.ShouldBe(410);
        (await other.GetAsync(second!)).Status.ShouldBe(410);
        (await other.GetAsync(first!)).Status.ShouldBe(410);
        (await site.Store.ReadAsync(db => db.OneAsync($"select count(*) from singleton where name like {"setup-link%"}", r => r.Long()), CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Setup_stays_closed_when_the_admin_is_deleted_or_loses_the_group()
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        var link = await IssueAsync(site);
        using var browser = site.Browse();
        var open = await browser.GetAsync(link!);
        var people = site.Services.GetRequiredService<People>();
        var akadmin = (await people.FindByLoginAsync("akadmin", true, false, CancellationToken.None))!;
        var hash = (await site.Services.GetRequiredService<Passwords>().HashAsync(FlowSite.Password, CancellationToken.None))!;
        await site.Store.WriteAsync(async db =>
        {
            await site.Services.GetRequiredService<Passwords>().SetAsync(db, akadmin.Pk, hash, Hearthkey.Audit.Actor.Server);
            await db.ExecAsync($"delete from group_member where user_pk = {akadmin.Pk}");
            await db.ExecAsync($"delete from users where pk = {akadmin.Pk}");
            return true;
        }, CancellationToken.None);

        (await IssueAsync(site)).ShouldBeNull();
        (await browser.GetAsync(link!)).Status.ShouldBe(410);
        (await browser.SubmitAsync(open, Answers(site))).Status.ShouldBe(410);
        (await browser.GetAsync("/")).Location.ShouldBe("/if/user/");
    }

    [Fact]
    public async Task A_bootstrap_password_leaves_no_setup()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        (await IssueAsync(site)).ShouldBeNull();
        (await browser.GetAsync(Path)).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Of_two_who_hold_the_link_one_becomes_the_admin()
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        var link = (await IssueAsync(site))!;
        using var first = site.Browse();
        using var second = site.Browse();
        await first.GetAsync(link);
        await second.GetAsync(link);

        var answers = await Task.WhenAll(first.SubmitAsync(Answers(site)), second.SubmitAsync(Answers(site, ("password", "a different password"), ("password_repeat", "a different password"))));

        answers.Count(a => a.Location == "/if/admin/").ShouldBe(1);
        (await site.CountAsync("session")).ShouldBe(1);
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", "https", false)]
    [InlineData("CF-Visitor", "{\"scheme\":\"https\"}", false)]
    [InlineData("X-Forwarded-Ssl", "on", true)]
    public async Task The_page_warns_when_the_scheme_looks_wrong(string header, string value, bool isWarned)
    {
        await using var site = await FlowSite.StartAsync(isSetUp: false);
        using var browser = site.Browse();

        var page = await browser.GetAsync((await IssueAsync(site))!, "same-origin", (header, value));

        page.Text.Contains("does not say so", StringComparison.Ordinal).ShouldBe(isWarned);
        page.Text.ShouldContain(header);
    }

    private static Task<string?> IssueAsync(FlowSite site) => site.Services.GetRequiredService<SetupLink>().IssueAsync(CancellationToken.None);

    private static (string, string)[] Answers(FlowSite site, params (string Name, string Value)[] others)
    {
        Dictionary<string, string> answers = new()
        {
            ["email"] = "ada@example.com",
            ["base_url"] = site.Address.ToString().TrimEnd('/'),
            ["password"] = FlowSite.Password,
            ["password_repeat"] = FlowSite.Password,
        };
        foreach (var (name, value) in others) answers[name] = value;
        return [.. answers.Select(a => (a.Key, a.Value))];
    }
}
