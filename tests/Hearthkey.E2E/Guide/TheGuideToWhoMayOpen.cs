using System.Net;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>A group bound to an application decides who may open it, also while a session is open.</summary>
public sealed class TheGuideToWhoMayOpen(GuideHouses houses)
{
    private static readonly TimeSpan _reach = TimeSpan.FromSeconds(5);

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_group_that_is_bound_lets_its_members_in_until_they_leave_it(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var (ada, bob) = (await house.AddPersonAsync("ada"), await house.AddPersonAsync("bob"));
        var group = await house.AddGroupAsync("Keyholders", ada);
        await house.BindByClicksAsync("Vault", "Keyholders");

        var visitor = await Visitor.ComeAsync(house);
        await visitor.SignInAtAsync(house.Url("vault", "/box?no=1"), ada);
        (await visitor.EchoAsync("vault")).Query.ShouldBe("?no=1");

        var stranger = await Visitor.ComeAsync(house);
        await stranger.SignInAtAsync(house.Url("vault", "/box?no=1"), bob);
        await ShouldBeDeniedAsync(stranger.Page);
        (await stranger.CheckAsync(house.Url("vault"))).ShouldBe(HttpStatusCode.Unauthorized);
        // the event says which binding decided
        await house.EventAsync("policy_execution", "Vault", "Keyholders", bob.Username);
        // a person who is denied one application may open the others
        await stranger.GoAsync(house.Url("notes"));
        (await stranger.EchoAsync("notes")).Header("X-authentik-username").ShouldBe(bob.Username);

        await house.LeaveAsync(ada, group);
        await Wait.ForAsync("the check to refuse a person who left the group", async () => await visitor.CheckAsync(house.Url("vault")) == HttpStatusCode.Unauthorized, _reach);
        await visitor.GoAsync(house.Url("vault", "/box?no=1"));
        await ShouldBeDeniedAsync(visitor.Page);
    }

    private static async Task ShouldBeDeniedAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Vault");
        page.Url.ShouldContain("auth.home.test");
    }
}
