using System.Net;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Mistakes people make: what the check answers, what the person sees, and what the provider page and the events say.</summary>
public sealed class TheGuideToMistakes(GuideHouses houses)
{
    [Theory, ClassData(typeof(DirectWiring))]
    public async Task A_redirect_uri_without_its_trailing_slash_is_shown_beside_the_registered_one(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var client = await house.OfflineClientAsync("slash-lost", "openid", suffix: "/");
        var visitor = await Visitor.ComeAsync(house);

        var answer = await visitor.GoAsync(new Uri(client.PublicUrl, "/login/start"));

        answer.Status.ShouldBe(400);
        (await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync()).ShouldContain("set up with another address");
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

    [Theory, InlineData(Wiring.Http)]
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
