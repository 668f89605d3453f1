using System.Net;
using Hearthkey.E2E.Guide;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Connect;

/// <summary>Containers of a real engine are found by their labels, protected, and followed.</summary>
public sealed class DockerTests(DockerHouse house) : IClassFixture<DockerHouse>
{
    [Fact]
    public async Task Containers_are_found_by_their_labels_and_protected_by_a_click_or_by_themselves()
    {
        await house.Docker.RunAsync("wiki", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.name=The wiki", "hearthkey.skip=/health");
        await house.Docker.RunAsync("files", "traefik.http.routers.files.rule=Host(`files.home.test`)");
        await house.Docker.RunAsync("notes", "caddy=notes.home.test", "hearthkey.allow=nobody");
        await house.Docker.RunAsync("thief", "hearthkey.enable=true", $"hearthkey.host={house.Address.Authority}", "hearthkey.name=thief");

        // a check as a proxy sends it: the host is served once the labels were read
        await Wait.ForAsync("the wiki to be protected", async () => await CheckAsync("https://wiki.home.test/") == HttpStatusCode.Unauthorized);
        (await CheckAsync("https://wiki.home.test/health")).ShouldBe(HttpStatusCode.OK);
        (await CheckAsync("https://files.home.test/")).ShouldNotBe(HttpStatusCode.Unauthorized);

        var page = await NpmHouse.SignedInAsync(house, "/if/admin/connect/", ignorePolicy: true);
        await Assertions.Expect(Item(page, "The wiki")).ToContainTextAsync("Made from labels");
        await Assertions.Expect(Item(page, "notes.home.test")).ToContainTextAsync("There is no group “nobody”");
        await Assertions.Expect(Item(page, "thief")).ToContainTextAsync("address of the login itself");
        var look = new Look(page);
        await look.AtAsync("docker");
        look.Violations.ShouldBeEmpty();
        await Item(page, "files.home.test").GetByRole(AriaRole.Button, new() { Name = "Protect" }).ClickAsync();
        await Assertions.Expect(Item(page, "files.home.test")).ToContainTextAsync("Made from labels");
        (await CheckAsync("https://files.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);

        await house.Docker.RemoveAsync("wiki");
        await page.ReloadAsync();
        await Assertions.Expect(Item(page, "The wiki")).ToContainTextAsync("Not running");
        (await CheckAsync("https://wiki.home.test/")).ShouldBe(HttpStatusCode.Unauthorized);
        await house.Docker.RunAsync("wiki", "hearthkey.enable=true", "hearthkey.host=wiki.home.test", "hearthkey.name=The wiki");
        await Wait.ForAsync("the open path to be closed", async () => await CheckAsync("https://wiki.home.test/health") == HttpStatusCode.Unauthorized);
    }

    private static ILocator Item(IPage page, string text) => page.Locator("#docker li").Filter(new() { HasText = text });

    private async Task<HttpStatusCode> CheckAsync(string url)
    {
        using var client = house.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Server.Http, "/outpost.goauthentik.io/auth/nginx"));
        request.Headers.Host = new Uri(url).Host;
        request.Headers.Add("X-Original-URL", url);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
