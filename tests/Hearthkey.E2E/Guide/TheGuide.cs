using System.Net;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>
/// The guide for this kind of system, followed word for word: a server that was just started, two unchanged apps behind the guide's text
/// for nginx and two behind the text that our page prints.
/// </summary>
public sealed class TheGuide(GuideHouses houses)
{
    private const string DeepLink = "/dashboards/7?from=now-6h&to=now&var=a%26b&var=c";

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task The_printed_link_sets_the_server_up_once(Wiring wiring)
    {
        var house = await houses.SetUpAsync(wiring);

        using var client = house.CreateClient();
        using var again = await client.GetAsync(new Uri(house.Address, house.Server.SetupLink!.PathAndQuery), TestContext.Current.CancellationToken);
        ((int)again.StatusCode).ShouldBe(410);

        var settings = await house.GetAsync("admin/settings/");
        settings["base_url"]!.GetValue<string>().ShouldBe(house.Address.GetLeftPart(UriPartial.Authority));
        var admin = await house.FindAsync("core/users/?username=akadmin");
        admin["email"]!.GetValue<string>().ShouldBe(FirstStart.Akadmin.Email);
        if (wiring == Wiring.Tunnel) (await house.EventAsync("login", "akadmin"))["client_ip"]!.GetValue<string>().ShouldBe(TunnelEdge.Visitor);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_deep_link_to_an_app_behind_the_guides_text_arrives_whole_after_one_login(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);

        await visitor.SignInAtAsync(house.Url("wiki", DeepLink), ada);

        visitor.Page.Url.ShouldBe(house.Url("wiki", DeepLink).ToString());
        var wiki = await visitor.EchoAsync("wiki");
        (wiki.Path + wiki.Query).ShouldBe(DeepLink);
        await visitor.GoAsync(house.Url("files", DeepLink));
        (await visitor.EchoAsync("files")).Query.ShouldBe(wiki.Query);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task The_guides_text_hands_over_nobodys_name_and_lets_a_clients_own_pass(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);
        await visitor.SignInAtAsync(house.Url("wiki"), ada);

        (await visitor.EchoAsync("wiki")).Headers.Keys.ShouldNotContain(name => name.StartsWith("x-authentik-", StringComparison.Ordinal));
        using var answer = await visitor.SendAsync(HttpMethod.Get, house.Url("wiki", "/spoof"), headers: ("X-authentik-username", "root"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        house.Apps["wiki"].Requests.Last(request => request.Path == "/spoof").Header("X-authentik-username").ShouldBe("root");
        // and the provider page says so, beside that text
        var admin = await house.OpenProviderAsync(ProtectApps.Provider);
        (await admin.Page.GetByRole(AriaRole.Main).InnerTextAsync()).ShouldContain("hands the application no identity headers, and passes on those that a visitor makes up");
        (await admin.Page.Locator("#c-nginx-short").InnerTextAsync()).ShouldContain(NginxText.Guide(house, 8080));
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Our_text_hands_over_who_it_is_and_refuses_what_a_client_claims(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        await house.AddGroupAsync($"Readers of {ada.Username}", ada);
        var visitor = await Visitor.ComeAsync(house);

        await visitor.SignInAtAsync(house.Url("notes", DeepLink), ada);
        visitor.Page.Url.ShouldBe(house.Url("notes", DeepLink).ToString());
        await visitor.GoAsync(house.Url("photos"));
        await visitor.GoAsync(house.Url("notes", DeepLink));
        foreach (var (name, value) in ((string, string)[])[("X-authentik-username", "root"), ("X-authentik-groups", "authentik Admins"), ("X-authentik-jwt", "forged")])
        {
            using var refused = await visitor.SendAsync(HttpMethod.Get, house.Url("photos", "/forged"), headers: [(name, value)]);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, name);
        }
        house.Apps["photos"].Requests.ShouldNotContain(request => request.Path == "/forged");
        using var answer = await visitor.SendAsync(HttpMethod.Get, house.Url("photos", "/spoof"), headers: [("X_authentik_username", "root")]);

        (await visitor.EchoAsync("notes")).Header("X-authentik-username").ShouldBe(ada.Username);
        var echo = house.Apps["photos"].Requests.Last(request => request.Path == "/spoof");
        echo.Header("X-authentik-username").ShouldBe(ada.Username);
        echo.Header("X_authentik_username").ShouldBeNull();
        echo.Header("X-authentik-email").ShouldBe(ada.Email);
        echo.Header("X-authentik-name").ShouldBe(ada.Name);
        echo.Header("X-authentik-groups").ShouldBe($"Readers of {ada.Username}");
        echo.Header("X-authentik-jwt").ShouldBeNull();
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Everything_of_an_app_is_covered_and_large_posts_pass(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);
        using var client = house.CreateClient();
        var body = new byte[1024 * 1024];
        Random.Shared.NextBytes(body);

        foreach (var app in (string[])["wiki", "notes"])
        {
            using var before = await client.GetAsync(house.Url(app, "/logo.png"), TestContext.Current.CancellationToken);
            before.StatusCode.ShouldBe(HttpStatusCode.Found);
            before.Headers.Location!.ToString().ShouldContain("/outpost.goauthentik.io/start?rd=");
            (await visitor.CheckAsync(house.Url(app, "/logo.png"))).ShouldBe(HttpStatusCode.Unauthorized);
            if (app == "wiki") await visitor.SignInAtAsync(house.Url(app), ada);
            else await visitor.GoAsync(house.Url(app));
            (await visitor.CheckAsync(house.Url(app, "/logo.png"))).ShouldBe(HttpStatusCode.OK);
            using var posted = await visitor.SendAsync(HttpMethod.Post, house.Url(app, "/upload"), new ByteArrayContent(body));
            posted.StatusCode.ShouldBe(HttpStatusCode.OK, await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var upload = house.Apps[app].Requests.Last(request => request.Path == "/upload");
            upload.BodySha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)));
        }
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task The_text_on_the_login_host_by_mistake_shows_a_page_that_says_so(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var hosts = await house.RewireAsync("auth", NginxText.Guide(house, house.Server.HttpPort));
        await using var browser = await Browser.StartAsync(hosts);

        using (var check = await Checks.AskAsync(house, house.Url("auth", "/if/user/").ToString())) check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await browser.NewPageAsync();
        var answer = await page.GotoAsync(house.Url("auth", "/if/user/").ToString());

        answer!.Status.ShouldBe(400);
        var text = await page.InnerTextAsync("main");
        text.ShouldContain("auth.home.test");
        text.ShouldContain("auth_request");
        await Browser.ShootAsync(page, $"guide-login-host-{wiring}");
        await house.ShouldTellAsync(ProtectApps.Provider, house.Address.Authority + "/if/user/", "Remove auth_request");
    }
}
