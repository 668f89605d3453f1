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
}
