using System.Net;

namespace Hearthkey.E2E.Guide;

/// <summary>Signing out at the server ends everything that hung on the sign-in, but for what was granted for offline use.</summary>
public sealed class TheGuideToSigningOut(GuideHouses houses)
{
    [Theory, ClassData(typeof(EveryWiring))]
    public async Task Signing_out_ends_checks_tokens_and_silent_logins(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var client = await house.OfflineClientAsync("signing-out", "openid profile email");
        var ada = await house.AddPersonAsync();
        var visitor = await Visitor.ComeAsync(house);
        await visitor.SignInAtAsync(house.Url("notes"), ada);
        await visitor.GoAsync(house.Url("wiki"));
        await visitor.LogInWithAsync(client);
        (await client.AskUserInfoAsync()).ShouldBe(200, client.Failure);

        await visitor.SignOutAsync();

        foreach (var app in (string[])["notes", "wiki"]) (await visitor.CheckAsync(house.Url(app))).ShouldBe(HttpStatusCode.Unauthorized, app);
        (await client.AskUserInfoAsync()).ShouldBe(401);
        await visitor.GoAsync(new Uri(client.PublicUrl, "/login/start"));
        await visitor.ShouldBeAskedToSignInAsync();
    }

    [Theory, ClassData(typeof(EveryWiring))]
    public async Task A_grant_for_offline_use_goes_on_until_the_person_is_disabled_or_has_a_new_password(Wiring wiring)
    {
        var house = await houses.ProtectedAsync(wiring);
        var client = await house.OfflineClientAsync("going-on", "openid profile email offline_access");

        foreach (var end in new Func<Person, Task>[]
        {
            person => house.PatchAsync($"core/users/{person.Pk}/", new { is_active = false }),
            person => house.SetPasswordAsync(person, "another long password"),
        })
        {
            var person = await house.AddPersonAsync("offline");
            var visitor = await Visitor.ComeAsync(house);
            await visitor.SignInAtAsync(new Uri(house.Address, "/if/user/"), person);
            await visitor.LogInWithAsync(client);
            await visitor.SignOutAsync();

            (await client.RefreshAsync()).Status.ShouldBe(200, client.Failure);
            (await client.AskUserInfoAsync()).ShouldBe(200, client.Failure);
            await end(person);
            (await client.RefreshAsync()).Status.ShouldBe(400);
            client.Failure!.ShouldContain("invalid_grant");
        }
    }
}
