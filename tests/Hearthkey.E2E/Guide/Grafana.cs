using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Guide;

/// <summary>The OAuth2/OpenID part of the guide: a client as Grafana's environment has it, with three URLs copied from the provider page.</summary>
public static class Grafana
{
    public const string Provider = "grafana-oidc";

    public static async Task<OAuthClient> FollowAsync(GuideHouse house)
    {
        await house.PrintedText;
        var client = await house.KeepAsync(OAuthClient.StartAsync(house.Hosts));
        var address = new Uri($"http://grafana.home.test:{client.Port}");
        var admin = await house.OpenAdminAsync();
        await admin.CreateAsync("Providers", "OAuth2/OpenID Provider");
        await admin.FillAsync("Name", Provider);
        await admin.ChooseAsync("Authorization flow", "default-provider-authorization-implicit-consent");
        await admin.TickAsync("Confidential");
        await admin.Page.Locator("[name='redirect_url']").First.FillAsync(new Uri(address, "/login/generic_oauth").ToString());
        await admin.SaveAsync();

        await admin.CreateAsync("Applications");
        await admin.FillAsync("Name", "Grafana");
        await admin.ChooseAsync("Provider", Provider);
        await admin.FillAsync("Launch URL", address.ToString());
        await admin.SaveAsync();

        await admin.ShowAsync("Providers", Provider);
        client.Options = new OAuthClientOptions
        {
            AuthorizeUrl = new Uri(await admin.ReadAsync("Authorize URL")),
            TokenUrl = new Uri(await admin.ReadAsync("Token URL")),
            UserInfoUrl = new Uri(await admin.ReadAsync("Userinfo URL")),
            ClientId = await admin.ReadAsync("Client ID"),
            ClientSecret = await admin.ReadAsync("Client Secret"),
            PublicUrl = address,
        };
        await admin.Page.CloseAsync();
        return client;
    }
}
