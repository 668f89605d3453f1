using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>T54: what an anonymous visitor makes the server keep is bounded.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task An_address_that_begins_too_many_sign_ins_waits_and_others_do_not()
    {
        await using var site = await FlowSite.StartAsync();
        using var flood = site.Browse("203.0.113.7");
        using var person = site.Browse("198.51.100.9");
        var page = await flood.GetAsync(FlowBrowser.SignInPath);
        for (var i = 0; i < 200; i++) (await flood.SubmitAsync(page, ("uid_field", "somebody"))).Status.ShouldBe(303, $"{i}");

        var refused = await flood.SubmitAsync(page, ("uid_field", "somebody"));

        refused.Status.ShouldBe(429);
        refused.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        refused.Text.ShouldContain("Too many sign-ins at once");
        (await site.CountAsync("flow_state")).ShouldBe(200);
        (await person.SignInAsync("akadmin", FlowSite.Password)).Status.ShouldBe(303);
        site.Time.Advance(TimeSpan.FromMinutes(11));
        (await flood.SubmitAsync(page, ("uid_field", "somebody"))).Status.ShouldBe(303);
        (await site.CountAsync("flow_state")).ShouldBe(1, "those that nobody went on with made room");
    }

    [Fact]
    public async Task Neither_a_name_nor_an_address_that_is_too_long_is_kept()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath + "?next=/if/admin/%3Fx=" + new string('x', 4100));

        (await browser.SubmitAsync(("uid_field", new string('\uFDFA', 255)))).Status.ShouldBe(422);
        (await browser.SubmitAsync(("uid_field", new string('x', 254)))).Status.ShouldBe(303);

        var longest = await site.Store.ReadAsync(db => db.OneAsync($"select max(length(cast(state as text))) from flow_state", r => r.Long()), CancellationToken.None);
        longest.ShouldBeLessThan(1500);
    }
}
