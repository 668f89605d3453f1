using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Guide;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Connect;

/// <summary>Nginx Proxy Manager is connected, its proxy hosts are protected by ticks, and it is taken back.</summary>
public sealed class NpmTests(NpmHouse house) : IClassFixture<NpmHouse>
{
    [Fact]
    public async Task Ticked_hosts_are_protected_turn_green_and_are_given_back_as_they_were()
    {
        var page = await house.AdminAsync("/if/admin/connect/", ignorePolicy: true);
        await house.ConnectAsync(page);
        (await StatusAsync(house.Url("127.0.0.11", "/logo.png"))).ShouldBe(HttpStatusCode.OK);
        await Assertions.Expect(page.GetByText("It has an access list")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("“location /” of its own")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("switched off in Nginx Proxy Manager")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#h-3, #h-4, #h-5")).ToHaveCountAsync(0);
        var look = new Look(page);
        await look.AtAsync("npm-hosts");

        await page.CheckAsync("#h-1");
        await page.CheckAsync("#h-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Protect" }).ClickAsync();

        await Assertions.Expect(page.Locator(".flash, [role=status]").First).ToContainTextAsync("is protected now");
        await Assertions.Expect(page.Locator("li").Filter(new() { HasText = "127.0.0.11" }).Locator(".badge.good")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("li").Filter(new() { HasText = "127.0.0.13" }).Locator(".badge.good")).ToHaveCountAsync(1);
        await look.AtAsync("npm-protected");
        look.Violations.ShouldBeEmpty();
        await ShouldBeProtectedAsync();
        await ShouldBeWrittenAgainAsync(page, look);
        look.Violations.ShouldBeEmpty();

        await Item(page, "127.0.0.11").GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Assertions.Expect(page.Locator("#h-1")).ToBeVisibleAsync();
        house.Npm.Hosts[1].AdvancedConfig.ShouldBe(NpmHouse.Foreign);
        await Wait.ForAsync("the host to be open again", async () => await StatusAsync(house.Url("127.0.0.11", "/logo.png")) == HttpStatusCode.OK);
        (await StatusAsync(house.Url("127.0.0.13", "/", tls: true))).ShouldBe(HttpStatusCode.Redirect);
        house.Npm.Writes.ShouldAllBe(write => write.Fields.SequenceEqual(new[] { "advanced_config" }));
        using var api = house.CreateApiClient();
        (await api.GetStringAsync(new Uri("/api/v3/providers/proxy/", UriKind.Relative))).ShouldNotContain("127.0.0.11");
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_not_overwritten_and_what_nginx_refuses_is_taken_out_again()
    {
        var page = await house.AdminAsync("/if/admin/connect/");
        await house.ConnectAsync(page);
        var (changed, broken) = (house.Npm.Hosts[6], house.Npm.Hosts[7]);
        changed.AdvancedConfig = "# somebody was here";
        broken.AdvancedConfig = "set $hearthkey_host";
        await page.CheckAsync("#h-6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Protect" }).ClickAsync();
        await Assertions.Expect(page.GetByText("changed in Nginx Proxy Manager since")).ToBeVisibleAsync();
        changed.AdvancedConfig.ShouldBe("# somebody was here");

        await page.CheckAsync("#h-7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Protect" }).ClickAsync();

        await Assertions.Expect(page.GetByText("nginx did not take the text")).ToBeVisibleAsync();
        broken.AdvancedConfig.ShouldBe("set $hearthkey_host");
        using var api = house.CreateApiClient();
        (await api.GetStringAsync(new Uri("/api/v3/providers/proxy/", UriKind.Relative))).ShouldNotContain("127.0.0.18");
    }

    [Fact]
    public async Task A_wrong_login_a_second_factor_nonsense_and_an_empty_chair_are_told()
    {
        var page = await house.AdminAsync("/if/admin/connect/");
        await house.ConnectAsync(page, secret: "wrong");
        await Assertions.Expect(page.Locator("#e-secret")).ToContainTextAsync("does not take this login");
        await house.ConnectAsync(page, NpmStandIn.TwoFactorIdentity);
        await Assertions.Expect(page.Locator("#e-code")).ToContainTextAsync("second factor");
        await house.ConnectAsync(page, NpmStandIn.TwoFactorIdentity, code: NpmStandIn.Code);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(house.Npm.Address);

        var list = page.Url;
        house.Npm.ForgetLogins();
        await page.GotoAsync(list);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("has run out");
        await house.ConnectAsync(page);
        house.Npm.TalksNonsense = true;
        await page.GotoAsync(list);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("does not speak like Nginx Proxy Manager");
        house.Npm.TalksNonsense = false;
        await house.Npm.LeaveAsync();
        await page.GotoAsync(list);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("does not answer there");
        await house.Npm.ComeBackAsync();
        house.Server.Log.ShouldNotContain(NpmStandIn.Secret);
    }

    private async Task ShouldBeProtectedAsync()
    {
        house.App.Forget();
        foreach (var path in (string[])["/", "/logo.png", "/deep/page?a=1"])
            (await StatusAsync(house.Url("127.0.0.11", path))).ShouldBe(HttpStatusCode.Redirect, path);
        house.App.Requests.ShouldBeEmpty();
        house.Npm.Hosts[1].AdvancedConfig.ShouldStartWith(NpmHouse.Foreign + "\n# hearthkey begin\n");
        var ada = await house.Browser.NewPageAsync();
        await ada.GotoAsync(house.Url("127.0.0.12", "/deep/page?a=1&b=2").ToString());
        await ada.FillAsync("#uid_field", "akadmin");
        await ada.PressAsync("#uid_field", "Enter");
        await ada.FillAsync("#password", House.Password);
        await ada.PressAsync("#password", "Enter");
        await ada.WaitForURLAsync(house.Url("127.0.0.12", "/deep/page?a=1&b=2").ToString());
        (await ada.InnerTextAsync("body")).ShouldContain("\"x-authentik-username\":[\"akadmin\"]");
        var logo = await ada.GotoAsync(house.Url("127.0.0.12", "/logo.png").ToString());
        logo!.Status.ShouldBe(200);
        using var client = house.CreateClient();
        using var forged = new HttpRequestMessage(HttpMethod.Get, house.Url("127.0.0.12", "/logo.png"));
        forged.Headers.Add("X-Authentik-Username", "akadmin");
        (await client.SendAsync(forged, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ada.Context.CloseAsync();
    }

    // an application that is told by other names: its host's text has to hand them on, and let nobody make them up
    private async Task ShouldBeWrittenAgainAsync(IPage page, Look look)
    {
        using var api = house.CreateApiClient();
        var providers = JsonNode.Parse(await api.GetStringAsync(new Uri("/api/v3/providers/proxy/", UriKind.Relative)))!["results"]!.AsArray();
        var pk = providers.Single(p => p!["external_host"]!.GetValue<string>().Contains("127.0.0.12", StringComparison.Ordinal))!["pk"]!.GetValue<long>();
        using var change = new StringContent("""{"identity_headers":"remote_user"}""", Encoding.UTF8, "application/json");
        (await api.PatchAsync(new Uri($"/api/v3/providers/proxy/{pk}/", UriKind.Relative), change)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await page.ReloadAsync();
        await Assertions.Expect(Item(page, "127.0.0.11")).ToContainTextAsync("Out of date");
        await look.AtAsync("npm-outdated");

        await Item(page, "127.0.0.11").GetByRole(AriaRole.Button, new() { Name = "Write it again" }).ClickAsync();

        await Assertions.Expect(page.Locator(".flash, [role=status]").First).ToContainTextAsync("is protected now");
        await Assertions.Expect(page.GetByText("Out of date")).ToHaveCountAsync(0);
        house.Npm.Hosts[1].AdvancedConfig.ShouldContain("proxy_set_header Remote-User $hearthkey_more_1;");
        using var client = house.CreateClient();
        await Wait.ForAsync("the new text to be in force", async () =>
        {
            using var forged = new HttpRequestMessage(HttpMethod.Get, house.Url("127.0.0.12", "/logo.png"));
            forged.Headers.Add("Remote-User", "akadmin");
            return (await client.SendAsync(forged, TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.BadRequest;
        });
    }

    private static ILocator Item(IPage page, string text) => page.Locator("li").Filter(new() { HasText = text });

    private async Task<HttpStatusCode> StatusAsync(Uri url)
    {
        using var client = house.CreateClient();
        using var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
