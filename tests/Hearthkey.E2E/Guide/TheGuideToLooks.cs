using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Pictures of what the guide shows, large and small, light and dark; nothing on these pages keeps anybody out.</summary>
public sealed class TheGuideToLooks(GuideHouses houses)
{
    [Fact]
    public async Task Pages_before_a_login_keep_nobody_out()
    {
        var house = await houses.ProtectedAsync(Wiring.Https);
        await using var fresh = await ServerProcess.StartAsync();
        var page = await (await house.Browser.NewContextAsync(ignorePolicy: true)).NewPageAsync();
        var look = new Look(page);

        await page.GotoAsync(fresh.SetupLink!.ToString());
        await page.Locator("details.seen summary").ClickAsync();
        await look.AtAsync("setup");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await look.AtAsync("setup-with-errors");
        await page.GotoAsync(new Uri(fresh.Http, "/if/user/").ToString());
        await look.AtAsync("setup-not-done");

        await page.GotoAsync(house.Url("wiki", "/page").ToString());
        await look.AtAsync("sign-in");
        await page.FillAsync("#uid_field", "nobody");
        await page.PressAsync("#uid_field", "Enter");
        await look.AtAsync("sign-in-password");
        await page.FillAsync("#password", "wrong");
        await page.PressAsync("#password", "Enter");
        await Assertions.Expect(page.Locator("[aria-invalid], .alert")).Not.ToHaveCountAsync(0);
        await look.AtAsync("sign-in-wrong");
        await page.GotoAsync(new Uri(house.Address, "/no/such/page").ToString());
        await look.AtAsync("error-not-found");
        await page.GotoAsync(new Uri(house.Address, "/application/o/authorize/?client_id=nobody&response_type=code").ToString());
        await look.AtAsync("error-unknown-client");
        await page.GotoAsync(house.Url("wiki", "/outpost.goauthentik.io/callback?code=x&state=y").ToString());
        await look.AtAsync("error-outpost");

        look.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_of_a_person_keep_nobody_out()
    {
        var house = await houses.ProtectedAsync(Wiring.Https);
        await house.GrafanaAsync();
        var ada = await house.AddPersonAsync();
        await house.AddOAuthAsync("Treasury", "https://treasury.home.test/callback");
        await house.BindAsync("treasury", await house.AddGroupAsync("Treasurers"));
        var visitor = new Visitor(house, await (await house.Browser.NewContextAsync(ignorePolicy: true)).NewPageAsync());
        var look = new Look(visitor.Page);

        await visitor.SignInAtAsync(new Uri(house.Address, "/if/user/"), ada);
        await look.AtAsync("portal");
        await visitor.GoAsync(new Uri(house.Address, "/if/user/app-passwords/"));
        await look.AtAsync("portal-app-passwords");
        await visitor.GoAsync(new Uri(house.Address, "/application/launch/treasury/"));
        await look.AtAsync("denied");
        await visitor.GoAsync(new Uri(house.Address, "/if/admin/"));
        await look.AtAsync("admin-for-others");
        await visitor.SignOutAsync();
        await look.AtAsync("signed-out");

        look.Violations.ShouldBeEmpty();
    }

    // a host with rules of its own: its form, with a mistake too, its page before and after a group is bound, and its line on the provider's page
    private static async Task LookAtHostsAsync(Visitor visitor, Look look)
    {
        var main = visitor.Page.GetByRole(AriaRole.Main);
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await visitor.Admin.ShowAsync("Providers", ProtectApps.Provider);
        await main.GetByRole(AriaRole.Link, new() { Name = "Add host" }).ClickAsync();
        await visitor.Admin.FillAsync("Host", "https://cellar.home.test");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("without scheme, port and path");
        await look.AtAsync("admin-host-form");
        await visitor.Admin.FillAsync("Host", "cellar.home.test");
        await visitor.Admin.SaveAsync();
        await look.AtAsync("admin-host");
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await main.GetByRole(AriaRole.Link, new() { Name = "Add binding" }).First.ClickAsync();
        await visitor.Admin.ChooseAsync("Group", "Cellar keepers");
        await visitor.Admin.SaveAsync();
        await look.AtAsync("admin-host-bound");
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await visitor.Admin.ShowAsync("Providers", ProtectApps.Provider);
        await Assertions.Expect(main.Locator("#hosts")).ToContainTextAsync("Group Cellar keepers");
        await look.AtAsync("admin-provider-hosts");
    }

    [Fact]
    public async Task Pages_of_an_admin_keep_nobody_out()
    {
        var house = await houses.ProtectedAsync(Wiring.Https);
        await house.GrafanaAsync();
        // a name without a space to break at
        await house.AddGroupAsync(new string('g', 400), await house.AddPersonAsync());
        var visitor = new Visitor(house, await (await house.Browser.NewContextAsync(ignorePolicy: true)).NewPageAsync());
        await visitor.SignInAtAsync(new Uri(house.Address, "/if/admin/"), FirstStart.Akadmin);
        var look = new Look(visitor.Page);

        foreach (var list in (string[])["Applications", "Providers", "Outposts", "Users", "Groups", "Tokens", "Logs", "Brands", "Certificates", "Settings"])
        {
            await visitor.Page.SetViewportSizeAsync(1280, 900);
            await visitor.Admin.OpenAsync(list);
            await look.AtAsync($"admin-{list.ToLowerInvariant()}");
        }

        foreach (var (list, name) in new[]
        {
            ("Providers", ProtectApps.Provider), ("Providers", "hooks"), ("Providers", Grafana.Provider), ("Applications", "Grafana"), ("Outposts", "authentik Embedded Outpost"), ("Users", "akadmin"),
        })
        {
            await visitor.Page.SetViewportSizeAsync(1280, 900);
            await visitor.Admin.EditAsync(list, name);
            await look.AtAsync($"admin-{list}-{name}-form".ToLowerInvariant().Replace(' ', '-'));
        }

        foreach (var (list, name) in new[] { ("Providers", ProtectApps.Provider), ("Providers", "hooks"), ("Providers", Grafana.Provider), ("Applications", "Grafana"), ("Applications", "Vault") })
        {
            await visitor.Page.SetViewportSizeAsync(1280, 900);
            await visitor.Admin.ShowAsync(list, name);
            await look.AtAsync($"admin-{list}-{name}".ToLowerInvariant());
        }

        await visitor.Page.SetViewportSizeAsync(1280, 900);
        await visitor.Admin.EditAsync("Providers", ProtectApps.Provider);
        await visitor.Page.SelectOptionAsync("#f-preset", "nextcloud");
        await visitor.Page.GetByLabel("Host of this application").FillAsync("files.home.test");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add its paths" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#form")).ToContainTextAsync("The paths of Nextcloud were added");
        await look.AtAsync("admin-preset");

        await house.AddGroupAsync("Cellar keepers");
        await LookAtHostsAsync(visitor, look);
        look.Violations.ShouldBeEmpty();
    }
}
