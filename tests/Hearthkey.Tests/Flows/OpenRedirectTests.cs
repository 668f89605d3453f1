using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>T14: <c>next</c> never leads off our own origin.</summary>
public sealed class OpenRedirectTests
{
    private static readonly string[] _foreign =
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example", "/\r\n/evil.example", " //evil.example",
        "https:evil.example", "https:/evil.example", "https://evil.example/", "http://evil.example", "HTTPS://EVIL.EXAMPLE", "javascript:alert(1)",
        "data:text/html,x", "〱evil.example", "/\u2028/evil.example", "//evil.example/%2f..", "///evil.example", "/\\/evil.example", "evil.example",
        "http://good@evil.example/", ".evil.example", "@evil.example", "?next=//evil.example", "#//evil.example", "", "/\0/evil.example",
    ];

    [Fact]
    public async Task Next_never_leaves_our_origin()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();
        string[] tricks = [.. _foreign, $"{site.Address}".TrimEnd('/') + "@evil.example/", $"{site.Address}".TrimEnd('/') + ".evil.example/", $"{site.Address}/evil.example"];

        foreach (var trick in tricks)
        {
            var page = await browser.GetAsync(FlowBrowser.SignInPath + "?next=" + Uri.EscapeDataString(trick));
            page.Location.ShouldBe("/if/user/", trick);
        }
    }

    [Fact]
    public async Task Next_is_restored_at_the_end_even_when_the_form_names_another()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        (await browser.SignInAsync("akadmin", FlowSite.Password, "?next=" + Uri.EscapeDataString("/application/o/authorize/?client_id=a&state=ü%20b%26c")))
            .Location.ShouldBe("/if/user/", "what is not ASCII cannot stand in a header");
        using var other = site.Browse();
        await other.GetAsync(FlowBrowser.SignInPath + "?next=" + Uri.EscapeDataString("/application/o/authorize/?client_id=a&state=%20b%26c"));
        await other.SubmitAsync(("uid_field", "akadmin"), ("next", "https://evil.example"));
        await other.GetAsync(other.Last.Location!);
        var done = await other.PostAsync(other.Last.Action.Replace("next=", "next=%2F%2Fevil.example%2F&old=", StringComparison.Ordinal), new(other.Last.Hidden()) { ["password"] = FlowSite.Password });

        done.Location.ShouldBe("/application/o/authorize/?client_id=a&state=%20b%26c");
    }

    [Fact]
    public async Task An_absolute_address_of_our_own_is_taken_as_its_path()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = await site.SignedInAsync();

        (await browser.GetAsync(FlowBrowser.SignInPath + "?next=" + Uri.EscapeDataString($"{site.Address}if/admin/?x=1"))).Location.ShouldBe("/if/admin/?x=1");
    }

    [Fact]
    public async Task Forms_of_a_flow_that_leads_to_no_app_go_to_our_own_origin_only()
    {
        await using var site = await FlowSite.StartAsync();
        using var browser = site.Browse();

        (await browser.GetAsync(FlowBrowser.SignInPath)).Policy.ShouldEndWith("; form-action 'self'");
        (await browser.GetAsync(FlowBrowser.SignInPath + "?next=" + Uri.EscapeDataString("https://evil.example/"))).Policy.ShouldEndWith("; form-action 'self'");
    }
}
