using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>A plain OAuth 2 client and mod_auth_openidc sign in with the same login as the apps behind nginx.</summary>
public sealed class TheGuideToOidcApps(GuideHouses houses)
{
    [Theory, ClassData(typeof(EveryWiring))]
    public async Task One_login_opens_a_client_with_three_urls_one_with_discovery_and_the_apps_behind_nginx(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var grafana = await house.GrafanaAsync();
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);

        await visitor.GoAsync(new Uri(grafana.PublicUrl, "/login"));
        await visitor.Page.ClickAsync("text=Sign in with OAuth");
        await visitor.ShouldBeAskedToSignInAsync();
        await visitor.SignInAsync(ada);
        (await visitor.Page.InnerTextAsync("#name")).ShouldBe(ada.Name, grafana.Failure);
        ((string?)grafana.UserInfo!["preferred_username"]).ShouldBe(ada.Username);
        ((string?)grafana.UserInfo["email"]).ShouldBe(ada.Email);

        await visitor.GoAsync(house.Url("notes", "/today"));
        (await visitor.EchoAsync("notes")).Header("X-authentik-username").ShouldBe(ada.Username);

        var reports = await house.StartApacheAsync();
        await visitor.GoAsync(new Uri(reports, "/report?year=2026&month=2"));
        var echo = await visitor.EchoAsync("files");
        (echo.Path + echo.Query).ShouldBe("/report?year=2026&month=2");
        echo.Header("OIDC_CLAIM_preferred_username").ShouldBe(ada.Username);
        echo.Header("OIDC_CLAIM_email").ShouldBe(ada.Email);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task The_portal_shows_what_a_person_may_open_and_opens_it(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var grafana = await house.GrafanaAsync();
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);

        await visitor.SignInAtAsync(new Uri(house.Address, "/if/user/"), ada);
        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Grafana" }).ClickAsync();

        await visitor.Page.WaitForURLAsync(url => url.StartsWith(grafana.PublicUrl.ToString(), StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Signing_in_works_without_JavaScript(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house, javaScript: false);

        await visitor.SignInAtAsync(house.Url("wiki", "/page?a=1&b=2"), ada);

        (await visitor.EchoAsync("wiki")).Query.ShouldBe("?a=1&b=2");
    }
}
