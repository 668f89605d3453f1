using System.Net;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Mistakes people make: what the check answers, what the person sees, and what the provider page and the events say.</summary>
public sealed class TheGuideToMistakes(GuideHouses houses)
{
    [Fact]
    public async Task Host_without_its_port_is_named_where_the_application_has_another_one()
    {
        var house = await houses.ProtectedAsync(Wiring.Http);
        var address = house.Url("port-lost", "/page?x=1");
        await house.AddProxyAsync("Port lost", address);

        using var check = await Checks.AskAsync(house, "http://port-lost.home.test/page");
        check.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldSeeAsync(house, address, "port-lost.home.test", address.Authority, "$http_host");

        await house.ShouldTellAsync("Port lost", "$http_host", address.Authority);
    }

    [Fact]
    public async Task Host_without_its_port_is_named_where_a_provider_covers_many_hosts()
    {
        var house = await houses.ProtectedAsync(Wiring.Http);
        var address = house.Url("adrift", "/page?x=1");

        // an application may well be on the usual port while the login is not: the check cannot tell
        using var check = await Checks.AskAsync(house, "http://adrift.home.test/page");
        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ShouldSeeAsync(house, address, "adrift.home.test", address.Authority, "$http_host");

        await house.ShouldTellAsync(ProtectApps.Provider, "$http_host", address.Authority);
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
        await house.EventAsync("configuration_error", client.RedirectUri + "▸", client.RedirectUri + "▸/");
        await house.ShouldTellAsync("slash-lost", client.RedirectUri + "/", client.RedirectUri);
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_provider_in_no_outpost_is_named(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var address = house.Url("left-out");
        await house.AddProxyAsync("Left out", address, isInOutpost: false);

        using var check = await Checks.AskAsync(house, address.ToString());
        check.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // a program gets what nginx makes of that, a person our page
        (await StatusAsync(house, address)).ShouldBe(HttpStatusCode.InternalServerError);
        await ShouldSeeAsync(house, address, "left-out.home.test", "Left out", "Outposts");

        await house.ShouldTellAsync("Left out", "Outposts", "select");
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
        await house.ShouldShowAsync("Club", eve.Username, "Club members");
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_relative_return_address_leads_back_and_is_named_where_a_provider_covers_many_hosts(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);
        var address = house.Url("relative", "/page?a=1&b=2");

        (await visitor.CheckAsync(address)).ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignInAtAsync(address, ada);

        visitor.Page.Url.ShouldBe(address.ToString());
        (await visitor.EchoAsync("wiki")).Query.ShouldBe("?a=1&b=2");
        await house.ShouldTellAsync(ProtectApps.Provider, "rd=$scheme://$http_host$request_uri", "rd=/page");
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
        await house.ShouldTellAsync("Large headers", "proxy_buffer_size 32k", max.Username);
    }

    private static async Task ShouldSeeAsync(GuideHouse house, Uri address, params string[] texts)
    {
        var visitor = await Visitor.ComeAsync(house);
        var status = 0;
        visitor.Page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest) status = response.Status;
        };
        await visitor.GoAsync(address);
        var page = visitor.Page.GetByRole(AriaRole.Main);
        await Assertions.Expect(page).ToContainTextAsync("What to change");
        foreach (var text in texts) await Assertions.Expect(page).ToContainTextAsync(text);
        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/outpost.goauthentik.io/start");
        status.ShouldBe(400);
    }

    private static async Task<HttpStatusCode> StatusAsync(GuideHouse house, Uri url)
    {
        using var client = house.CreateClient();
        using var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
