using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>The first start without a password in the environment: the printed link, the setup page, the admin interface.</summary>
public static class FirstStart
{
    public static Person Akadmin { get; } = new(0, "akadmin", "authentik Default Admin", "ada@home.test", "correct horse battery");

    public static async Task FollowAsync(GuideHouse house)
    {
        var printed = house.Server.SetupLink.ShouldNotBeNull(house.Server.Log);
        var page = await house.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(house.Address, printed.PathAndQuery).ToString());

        // the proxy it sees
        await page.Locator("details.seen summary").ClickAsync();
        var seen = await page.Locator("details.seen").InnerTextAsync();
        seen.ShouldContain(house.Address.GetLeftPart(UriPartial.Authority));
        seen.ShouldContain("X-Forwarded-For");
        if (house.Wiring == Wiring.Tunnel) seen.ShouldContain(TunnelEdge.Visitor);
        if (house.Wiring != Wiring.Http) await Assertions.Expect(page.Locator(".alert")).ToHaveCountAsync(0);

        await page.GetByLabel("E-mail address").FillAsync(Akadmin.Email);
        (await page.GetByLabel("Address of this server").InputValueAsync()).ShouldBe(house.Address.GetLeftPart(UriPartial.Authority));
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Akadmin.Password);
        await page.GetByLabel("Repeat the password", new() { Exact = true }).FillAsync(Akadmin.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("/if/admin/", StringComparison.Ordinal));
        house.Akadmin = new Visitor(house, page);
    }
}
