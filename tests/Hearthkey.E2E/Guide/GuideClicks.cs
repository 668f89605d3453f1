using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Steps that several tests of the guide take.</summary>
public static class GuideClicks
{
    /// <summary>The admin interface in a new tab of akadmin's browser.</summary>
    public static async Task<AdminPages> OpenAdminAsync(this GuideHouse house)
    {
        var page = await house.Akadmin.Page.Context.NewPageAsync();
        await page.GotoAsync(new Uri(house.Address, "/if/admin/").ToString());
        return new AdminPages(page);
    }

    /// <summary>The page of a provider in a new tab.</summary>
    public static async Task<AdminPages> OpenProviderAsync(this GuideHouse house, string name)
    {
        var admin = await house.OpenAdminAsync();
        await admin.ShowAsync("Providers", name);
        return admin;
    }

    /// <summary>The event log has a configuration error with these texts, and so has the provider's page.</summary>
    public static async Task ShouldTellAsync(this GuideHouse house, string provider, params string[] texts)
    {
        await house.EventAsync("configuration_error", texts);
        await house.ShouldShowAsync(provider, texts);
    }

    /// <summary>The findings on the provider's page have these texts.</summary>
    public static async Task ShouldShowAsync(this GuideHouse house, string provider, params string[] texts)
    {
        var admin = await house.OpenProviderAsync(provider);
        foreach (var text in texts) await Assertions.Expect(admin.Page.Locator("#findings")).ToContainTextAsync(text);
        await admin.Page.CloseAsync();
    }

    /// <summary>Binds a group to an application on the application's page.</summary>
    public static async Task BindByClicksAsync(this GuideHouse house, string application, string group)
    {
        var admin = await house.OpenAdminAsync();
        await admin.ShowAsync("Applications", application);
        await admin.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Add binding" }).First.ClickAsync();
        await admin.ChooseAsync("Group", group);
        await admin.SaveAsync();
        await admin.Page.CloseAsync();
    }

    /// <summary>A client of its own with these scopes; a suffix stands at the end of the redirect URI that is registered.</summary>
    public static async Task<OAuthClient> OfflineClientAsync(this GuideHouse house, string name, string scope, string suffix = "")
    {
        var client = await house.KeepAsync(OAuthClient.StartAsync(house.Hosts));
        var address = new Uri($"http://client.home.test:{client.Port}");
        var provider = await house.AddOAuthAsync(name, new Uri(address, "/login/generic_oauth").ToString() + suffix);
        client.Options = new OAuthClientOptions
        {
            AuthorizeUrl = new Uri(house.Address, "/application/o/authorize/"),
            TokenUrl = new Uri(house.Address, "/application/o/token/"),
            UserInfoUrl = new Uri(house.Address, "/application/o/userinfo/"),
            ClientId = (string)provider["client_id"]!,
            ClientSecret = (string)provider["client_secret"]!,
            Scope = scope,
            PublicUrl = address,
        };
        return client;
    }

    /// <summary>mod_auth_openidc before the wiki, with a provider of its own that it knows by discovery.</summary>
    public static async Task<Uri> StartApacheAsync(this GuideHouse house)
    {
        var port = FreePort.Next();
        var address = new Uri($"http://reports.home.test:{port}");
        var provider = await house.AddOAuthAsync("reports", new Uri(address, "/callback").ToString());
        var proxy = house.Keep(new ForwardProxy(house.Hosts));
        var party = new RelyingParty(new Uri(house.Address, "/application/o/reports/.well-known/openid-configuration"),
            (string)provider["client_id"]!, (string)provider["client_secret"]!, new Uri(address, "/callback"), house.Apps["files"].Port)
        {
            OutgoingProxy = proxy.Port,
        };
        await house.KeepAsync(ApacheProcess.StartAsync(port, party.ToDirectives()));
        return address;
    }
}
