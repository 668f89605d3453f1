using System.Text.RegularExpressions;
using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Admin;

public sealed partial class PageTests
{
    public static TheoryData<string> Paths =>
    [
        "/if/admin/applications/", "/if/admin/applications/new/", "/if/admin/providers/", "/if/admin/providers/new/", "/if/admin/providers/oauth2/new/",
        "/if/admin/users/", "/if/admin/users/new/", "/if/admin/groups/", "/if/admin/groups/new/", "/if/admin/tokens/", "/if/admin/tokens/new/",
        "/if/admin/brands/", "/if/admin/brands/new/", "/if/admin/providers/proxy/new/", "/if/admin/outposts/", "/if/admin/events/",
        "/if/admin/certificates/", "/if/admin/certificates/new/", "/if/admin/certificates/generate/", "/if/admin/settings/",
    ];

    [Fact]
    public async Task Every_page_renders_for_an_admin_without_inline_script_or_style()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        foreach (var path in Paths.Select(p => p.Data))
        {
            var page = await admin.GetAsync(path);

            page.Status.ShouldBe(200, path);
            page.Heading.ShouldNotBeEmpty(path);
            page.Policy.ShouldContain("form-action 'self'", customMessage: path);
            Inline().Matches(page.Html).Select(m => m.Value).ShouldBeEmpty(path);
            Identifiers().Matches(page.Text).Select(m => m.Value).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task Every_page_is_refused_to_people_who_are_no_admins()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("mara");
        using var mara = await site.SignedInAsync("mara");

        foreach (var path in Paths.Select(p => p.Data)) (await mara.GetAsync(path)).Status.ShouldBe(403, path);
    }

    [Fact]
    public async Task Strangers_are_sent_to_sign_in_and_back()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        foreach (var path in Paths.Select(p => p.Data))
        {
            var answer = await browser.GetAsync(path + "?search=x");

            answer.Status.ShouldBe(303, path);
            answer.Location.ShouldBe($"/if/flow/default-authentication-flow/?next={Uri.EscapeDataString(path + "?search=x")}");
        }
    }

    [Fact]
    public async Task The_navigation_has_the_names_that_guides_use()
    {
        await using var site = await FlowSite.StartAsync();
        using var admin = await site.SignedInAsync();

        var page = await admin.GetAsync("/if/admin/groups/");

        foreach (var name in (string[])["Applications", "Providers", "Outposts", "Users", "Groups", "Tokens", "Logs", "Brands", "Certificates", "Settings"])
            page.Html.ShouldContain($"<span>{name}</span></a>");
        page.Html.ShouldContain("href=\"/if/admin/groups/\" aria-current=\"page\"");
    }

    [GeneratedRegex("<style|<script(?![^>]* src=)|\\sstyle=|\\son[a-z]+=|hx-on|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Identifiers();
}
