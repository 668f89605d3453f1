using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>What the guide says, click by click, until two apps stand behind its text and two behind ours.</summary>
public static class ProtectApps
{
    public const string Provider = "forward-auth-lab";

    private const string UnknownApp = "http://127.0.0.1:8080";

    /// <summary>Follows the guide; gives the text that the provider page prints.</summary>
    public static async Task<string> FollowAsync(GuideHouse house)
    {
        var admin = house.Akadmin.Admin;
        await admin.CreateAsync("Providers", "Proxy Provider");
        await admin.FillAsync("Name", Provider);
        await admin.ChooseAsync("Authorization flow", "default-provider-authorization-implicit-consent");
        await admin.TickAsync("Forward auth (domain level)");
        await admin.FillAsync("External host", house.Address.GetLeftPart(UriPartial.Authority));
        await admin.Page.GetByLabel("External host").BlurAsync();
        await Assertions.Expect(admin.Page.GetByLabel("Cookie domain")).ToHaveValueAsync("home.test");
        await admin.SaveAsync();

        await admin.CreateAsync("Applications");
        await admin.FillAsync("Name", "Lab Forward Auth");
        await admin.FillAsync("Slug", "lab-forward-auth");
        await admin.ChooseAsync("Provider", Provider);
        (await admin.ReadAsync("Launch URL")).ShouldBe("");
        await admin.SaveAsync();

        await admin.EditAsync("Outposts", "authentik Embedded Outpost");
        await admin.TickAsync("Lab Forward Auth");
        await admin.SaveAsync();

        await admin.ShowAsync("Providers", Provider);
        var text = await ReadTextAsync(admin.Page);
        await Assertions.Expect(LiveCheck(admin.Page)).ToContainTextAsync("Waiting");
        var hooks = await ProtectHooksAsync(house);
        await house.AddProxyAsync("Vault", house.Url("vault"));
        await house.OpenSecondProxyAsync(string.Concat(((string[])["notes", "photos", "vault"]).Select(name => house.Site(name, WithApp(text, house, name))))
            + house.Site("hooks", WithApp(hooks, house, "hooks")));

        // the page that still waits learns of the first request by itself
        using var client = house.CreateClient();
        using (await client.GetAsync(house.Url("notes", "/logo.png"))) await Assertions.Expect(LiveCheck(admin.Page)).ToHaveClassAsync("live good");
        return text;
    }

    /// <summary>The text for nginx on the provider page that is open.</summary>
    public static async Task<string> ReadTextAsync(IPage page) => await page.Locator("#c-nginx").InnerTextAsync();

    private static async Task<string> ProtectHooksAsync(GuideHouse house)
    {
        var admin = await house.OpenAdminAsync();
        await admin.CreateAsync("Providers", "Proxy Provider");
        await admin.FillAsync("Name", "hooks");
        await admin.ChooseAsync("Authorization flow", "default-provider-authorization-implicit-consent");
        await admin.TickAsync("Forward auth (single application)");
        await admin.FillAsync("External host", house.Url("hooks").GetLeftPart(UriPartial.Authority));
        await admin.FillAsync("Unauthenticated Paths", "^/health\n^/webhook");
        await admin.SaveAsync();
        await admin.CreateAsync("Applications");
        await admin.FillAsync("Name", "Hooks");
        await admin.ChooseAsync("Provider", "hooks");
        await admin.SaveAsync();
        await admin.EditAsync("Outposts", "authentik Embedded Outpost");
        await admin.TickAsync("Hooks");
        await admin.SaveAsync();
        await admin.ShowAsync("Providers", "hooks");
        var text = await ReadTextAsync(admin.Page);
        await admin.Page.CloseAsync();
        return text;
    }

    public static ILocator LiveCheck(IPage page) => page.Locator(".live");

    /// <summary>The printed text with this house's app in place of the address that it cannot know.</summary>
    public static string WithApp(string text, GuideHouse house, string app)
    {
        text.ShouldContain($"proxy_pass {UnknownApp};");
        return text.Replace(UnknownApp, $"http://127.0.0.1:{house.Apps[app].Port}", StringComparison.Ordinal);
    }
}
