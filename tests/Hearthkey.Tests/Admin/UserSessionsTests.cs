using Hearthkey.Tests.Admin.Support;
using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Admin;

public sealed class UserSessionsTests
{
    [Fact]
    public async Task An_admin_sees_where_somebody_is_signed_in_and_ends_it()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var mara = await site.AddUserAsync("mara");
        var path = $"/if/admin/users/{mara.Pk}/";
        (await admin.GetAsync(path)).Text.ShouldContain("Signed in nowhere.");
        using var browser = await site.SignedInAsync("mara");

        var page = await admin.GetAsync(path);
        var end = page.Html[page.Html.IndexOf(path + "sessions/", StringComparison.Ordinal)..].Split('"')[0];
        var ended = await admin.SaveAsync(end);

        page.Text.ShouldContain("127.0.0.1");
        ended.Location.ShouldBe(path);
        (await browser.GetAsync("/if/user/")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task An_admin_signs_somebody_out_everywhere_after_a_question()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();
        var mara = await site.AddUserAsync("mara");
        using var first = await site.SignedInAsync("mara");
        using var second = await site.SignedInAsync("mara");
        var path = $"/if/admin/users/{mara.Pk}/";
        var end = path + "sign-out-everywhere/";

        (await admin.GetAsync(path)).Html.ShouldContain($"href=\"{end}\"");
        (await admin.GetAsync(end)).Text.ShouldContain("Sign mara out everywhere?");
        (await first.GetAsync("/if/user/")).Status.ShouldBe(200, "the question ends nothing");
        (await admin.PostAsync(end, [])).Status.ShouldBe(403);
        (await first.GetAsync("/if/user/")).Status.ShouldBe(200, "a form without its token ends nothing");
        (await first.SaveAsync("/if/user/", end)).Status.ShouldBe(403);
        var ended = await admin.SaveAsync(end);

        ended.Location.ShouldBe(path);
        (await admin.GetAsync(path)).Text.ShouldContain("mara was signed out everywhere.");
        (await first.GetAsync("/if/user/")).Status.ShouldBe(303);
        (await second.GetAsync("/if/user/")).Status.ShouldBe(303);
        var told = (await site.EventsAsync("logout")).ShouldHaveSingleItem().Context;
        told.ShouldContain("mara");
        told.ShouldContain("everywhere");
        using var again = await site.SignedInAsync("mara");
        (await again.GetAsync("/if/user/")).Status.ShouldBe(200);
    }
}
