using Hearthkey.Flows;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Flows;

/// <summary>T33, T56: the link that brings an admin back in.</summary>
public sealed class RecoveryLinkTests
{
    [Fact]
    public async Task It_sets_a_new_password_once_signs_in_and_ends_other_sessions()
    {
        await using var site = await FlowSite.StartAsync();
        using var old = await site.SignedInAsync();
        using var browser = site.Browse();
        var (path, problem) = await CreateAsync(site, "akadmin");
        problem.ShouldBeNull();

        (await browser.GetAsync(path!)).Text.ShouldContain("akadmin");
        (await browser.SubmitAsync(("password", "password"), ("password_repeat", "password"))).Status.ShouldBe(422);
        (await browser.SubmitAsync(("password", "quite another one"), ("password_repeat", "x"))).Status.ShouldBe(422);
        var done = await browser.SubmitAsync(("password", "quite another one"), ("password_repeat", "quite another one"));

        done.Location.ShouldBe("/if/admin/", done.Html);
        browser.SessionId.ShouldNotBeNull();
        (await old.GetAsync(FlowBrowser.SignInPath)).Status.ShouldBe(200, "the session before is over");
        (await browser.GetAsync(path!)).Status.ShouldBe(410);
        using var again = await site.SignedInAsync(password: "quite another one");
        again.SessionId.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_ends_with_a_new_password()
    {
        await using var site = await FlowSite.StartAsync();
        var (path, _) = await CreateAsync(site, "akadmin");
        using var browser = site.Browse();
        (await browser.GetAsync(path!)).Status.ShouldBe(200);

        await site.SetPasswordAsync(1, "quite another one");

        (await browser.GetAsync(path!)).Status.ShouldBe(410);
    }

    /// <summary>Whoever reads the log must not be able to use the link that somebody could not open.</summary>
    [Fact]
    public async Task The_log_of_a_failure_does_not_tell_it()
    {
        var log = new ListedLog();
        await using var site = await FlowSite.StartAsync(b => b.Logging.AddProvider(log));
        var (path, _) = await CreateAsync(site, "akadmin");
        await site.Store.WriteAsync(db => db.ExecAsync($"drop table singleton"), CancellationToken.None);
        using var browser = site.Browse();

        (await browser.GetAsync(path!)).Status.ShouldBe(500);

        var token = path!.Split('-')[^1].Trim('/');
        log.Lines.ShouldContain(line => line.Contains("/recovery/use-token/{key}/", StringComparison.Ordinal));
        log.Lines.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_who_use_it_at_once_one_wins()
    {
        await using var site = await FlowSite.StartAsync();
        var (path, _) = await CreateAsync(site, "akadmin");
        using var first = site.Browse();
        using var second = site.Browse();
        await first.GetAsync(path!);
        await second.GetAsync(path!);

        var answers = await Task.WhenAll(
            first.SubmitAsync(("password", "the first password"), ("password_repeat", "the first password")),
            second.SubmitAsync(("password", "the second password"), ("password_repeat", "the second password")));

        answers.Select(a => a.Status).Order().ShouldBe([303, 410]);
        (await site.CountAsync("session")).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_for_active_admins_lasts_an_hour_and_is_replaced_by_the_next()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        using var browser = site.Browse();

        (await CreateAsync(site, "ada")).Problem!.ShouldContain("no admin");
        (await CreateAsync(site, "nobody")).Problem!.ShouldContain("no user");
        var (first, _) = await CreateAsync(site, "akadmin");
        var (second, _) = await CreateAsync(site, "akadmin");
        (await browser.GetAsync(first!)).Status.ShouldBe(410);
        (await browser.GetAsync(second!)).Status.ShouldBe(200);
        site.Time.Advance(TimeSpan.FromMinutes(61));
        (await browser.SubmitAsync(("password", "quite another one"), ("password_repeat", "quite another one"))).Status.ShouldBe(410);
        foreach (var wrong in (string[])["x", "1-x", "-", "999-" + new string('a', 43), second!.Split('-')[^1]])
            (await browser.GetAsync($"/recovery/use-token/{wrong.Trim('/')}/")).Status.ShouldBe(410, wrong);
    }

    private static Task<(string? Path, string? Problem)> CreateAsync(FlowSite site, string name) =>
        site.Services.GetRequiredService<RecoveryLink>().CreateAsync(name, CancellationToken.None);
}
