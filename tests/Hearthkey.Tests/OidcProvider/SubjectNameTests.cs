using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>Two people are never one to an app (OpenID Connect Core §2): a name that is not theirs alone is refused.</summary>
public sealed class SubjectNameTests
{
    private static readonly JsonObject _noAddress = new() { ["email"] = "" };

    [Theory]
    [InlineData("user_email", "")]
    [InlineData("user_email", "TWIN@home.test")]
    [InlineData("user_upn", "")]
    [InlineData("user_upn", "twin@corp.test")]
    public async Task A_blank_or_shared_name_is_refused_and_the_event_says_what_to_do(string mode, string name)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["sub_mode"] = mode);
        await site.AddUserAsync("twin", attributes: """{"upn":"twin@corp.test"}""");
        var mara = await site.AddUserAsync("mara");
        await site.PatchAsync($"core/users/{mara}/", Named(mode, name));
        var cookie = await site.SignInAsync(mara);

        using var refused = await app.AuthorizeAsync(cookie);

        TestApp.Answer(refused)["error"].ShouldBe("access_denied");
        TestApp.Answer(refused).ShouldNotContainKey("code");
        var message = (await site.EventsAsync("configuration_error")).Single()["message"]!.GetValue<string>();
        message.ShouldContain("mara");
        message.ShouldContain("choose the subject mode hashed_user_id");

        await site.PatchAsync($"core/users/{mara}/", Named(mode, "mara@own.test"));
        TestApp.Claims(await app.TokensAsync(cookie))["sub"]!.GetValue<string>().ShouldBe("mara@own.test");
    }

    [Fact]
    public async Task Without_the_attribute_upn_the_uid_names_a_person()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["sub_mode"] = "user_upn");
        var mara = await site.AddUserAsync("mara");

        var sub = TestApp.Claims(await app.TokensAsync(await site.SignInAsync(mara)))["sub"]!.GetValue<string>();

        sub.ShouldBe((await site.GetAsync($"core/users/{mara}/"))["uid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tokens_are_refused_once_somebody_else_has_the_same_address()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["sub_mode"] = "user_email");
        var mara = await site.AddUserAsync("mara");
        var cookie = await site.SignInAsync(mara);
        var tokens = await app.TokensAsync(cookie, "openid offline_access");
        var code = await app.CodeAsync(cookie);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);

        var other = await site.AddUserAsync("other");
        await site.PatchAsync($"core/users/{other}/", new JsonObject { ["email"] = "Mara@home.test" });

        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(tokens["refresh_token"]!.GetValue<string>())).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await app.RedeemAsync(code)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");

        await site.PatchAsync($"core/users/{other}/", _noAddress.DeepClone());
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_under_a_name_that_the_person_had_before_is_refused()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["sub_mode"] = "user_email");
        var mara = await site.AddUserAsync("mara");
        var tokens = await app.TokensAsync(await site.SignInAsync(mara));

        await site.PatchAsync($"core/users/{mara}/", new JsonObject { ["email"] = "mara@married.test" });

        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static JsonObject Named(string mode, string name) =>
        mode == "user_email" ? new JsonObject { ["email"] = name } : new JsonObject { ["attributes"] = new JsonObject { ["upn"] = name } };
}
