using System.Net;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Mistakes people make: what the check answers, what the person sees, and what the provider page and the events say.</summary>
public sealed class TheGuideToMistakes(GuideHouses houses)
{
    [Fact]
    public async Task Host_without_its_port_is_named_where_the_port_is_not_the_usual_one()
    {
        var house = await houses.ProtectedAsync(Wiring.Http);
        var wiki = house.Url("port-lost");
        await house.AddProxyAsync("Port lost", wiki);

        using var check = await Checks.AskAsync(house, "http://port-lost.home.test/");
        check.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(house, wiki)).ShouldBe(HttpStatusCode.InternalServerError);

        await ShouldTellAsync(house, "Port lost", "$http_host", wiki.Authority);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_redirect_uri_without_its_trailing_slash_is_shown_beside_the_registered_one(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var client = await house.OfflineClientAsync("slash-lost", "openid", suffix: "/");
        var visitor = await Visitor.ComeAsync(house);

        var answer = await visitor.GoAsync(new Uri(client.PublicUrl, "/login/start"));

        answer.Status.ShouldBe(400);
        (await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync()).ShouldContain("slash-lost");
        await ShouldTellAsync(house, "slash-lost", client.RedirectUri + "/", client.RedirectUri);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_provider_in_no_outpost_is_named(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var address = house.Url("left-out");
        await house.AddProxyAsync("Left out", address, isInOutpost: false);

        using var check = await Checks.AskAsync(house, address.ToString());
        check.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(house, address)).ShouldBe(HttpStatusCode.InternalServerError);

        await ShouldTellAsync(house, "Left out", "Outposts", "select");
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_person_outside_the_group_is_told_the_application_and_the_operator_the_person(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var address = house.Url("club");
        await house.AddProxyAsync("Club", address);
        await house.BindAsync("club", await house.AddGroupAsync("Club members"));
        var eve = await house.AddPersonAsync("eve");
        var visitor = await Visitor.ComeAsync(house);

        await visitor.SignInAtAsync(address, eve);

        (await visitor.CheckAsync(address)).ShouldBe(HttpStatusCode.Unauthorized);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Club");
        await house.EventAsync("policy_execution", "Club", "Club members");
        await ShouldShowAsync(house, "Club", eve.Username, "Club members");
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_relative_return_address_is_named_where_a_provider_covers_many_hosts(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);

        (await visitor.CheckAsync(house.Url("relative", "/page"))).ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignInAtAsync(house.Url("relative", "/page"), ada);

        visitor.Page.Url.ShouldStartWith(house.Address.GetLeftPart(UriPartial.Authority));
        await ShouldTellAsync(house, ProtectApps.Provider, "rd=$scheme://$http_host$request_uri", "/page");
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Headers_beyond_nginx_buffer_come_with_the_directive_to_set(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var address = house.Url("large");
        await house.AddProxyAsync("Large headers", address);
        var max = await house.AddPersonAsync("max");
        for (var i = 0; i < 12; i++) await house.AddGroupAsync($"{max.Username} {i} {new string('g', 400)}", max);
        var visitor = await Visitor.ComeAsync(house);
        await visitor.SignInAtAsync(address, max);

        (await visitor.CheckAsync(address)).ShouldBe(HttpStatusCode.OK);
        (await visitor.GoAsync(address)).Status.ShouldBe(500);
        await ShouldTellAsync(house, "Large headers", "proxy_buffer_size 32k", max.Username);
    }

    private static async Task<HttpStatusCode> StatusAsync(GuideHouse house, Uri url)
    {
        using var client = house.CreateClient();
        using var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task ShouldTellAsync(GuideHouse house, string provider, params string[] texts)
    {
        await house.EventAsync("configuration_error", texts);
        await ShouldShowAsync(house, provider, texts);
    }

    private static async Task ShouldShowAsync(GuideHouse house, string provider, params string[] texts)
    {
        var admin = await house.OpenProviderAsync(provider);
        foreach (var text in texts) await Assertions.Expect(admin.Page.Locator("#findings")).ToContainTextAsync(text);
        await admin.Page.CloseAsync();
    }
}
