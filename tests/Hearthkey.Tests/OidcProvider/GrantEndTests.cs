using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>When what was granted ends: DESIGN 5, RFC 9700 §4.14.</summary>
public sealed class GrantEndTests
{
    private const string Offline = "openid profile offline_access";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Of_fifty_who_redeem_one_code_one_wins_and_loses_it_again(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);
        var code = await app.CodeAsync(await site.SignInAsync(ProviderSite.Admin), scope: Offline);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.RedeemAsync(code)));

        var won = answers.Single(a => a.Status == HttpStatusCode.OK).Body;
        answers.Where(a => a.Status != HttpStatusCode.OK).ShouldAllBe(a => a.Body["error"]!.GetValue<string>() == "invalid_grant");
        (await app.UserInfoAsync(won)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(Refresh(won))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await site.EventsAsync("suspicious_request")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_refresh_token_is_rotated_and_one_that_is_shown_again_ends_its_family(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);
        var first = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), Offline);

        var (status, second) = await app.RefreshAsync(Refresh(first));
        status.ShouldBe(HttpStatusCode.OK, second.ToJsonString());
        (await app.UserInfoAsync(second)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.RefreshAsync(Refresh(first))).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await app.RefreshAsync(Refresh(second))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.UserInfoAsync(second)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_many_who_refresh_at_once_one_wins_and_the_family_ends()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var token = Refresh(await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), Offline));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.RefreshAsync(token)));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBeLessThanOrEqualTo(1);
        foreach (var won in answers.Where(a => a.Status == HttpStatusCode.OK))
            (await app.UserInfoAsync(won.Body)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_ends_a_grant_unless_it_is_offline()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var online = await app.TokensAsync(cookie);
        var offline = await app.TokensAsync(cookie, Offline);
        var unused = await app.CodeAsync(cookie);

        await site.SignOutAsync(cookie);

        (await app.UserInfoAsync(online)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.RedeemAsync(unused)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.UserInfoAsync(offline)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.RefreshAsync(Refresh(offline))).Status.ShouldBe(HttpStatusCode.OK);
        using var next = await app.AuthorizeAsync(cookie);
        next.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/default-authentication-flow/");
    }

    /// <summary>DESIGN 5: unlike signing out, it ends offline grants too.</summary>
    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Signing_out_everywhere_ends_every_grant_of_this_person_alone(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);
        var mara = await site.AddUserAsync("mara");
        var cookie = await site.SignInAsync(mara);
        var online = await app.TokensAsync(cookie);
        var offline = await app.TokensAsync(cookie, Offline);
        var unused = await app.CodeAsync(cookie);
        var others = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin), Offline);
        (await app.UserInfoAsync(offline)).Status.ShouldBe(HttpStatusCode.OK);

        await site.Services.GetRequiredService<SignOutEverywhere>().RunAsync(mara, "mara", Actor.Server, ProviderSite.Ct);

        (await app.UserInfoAsync(online)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.UserInfoAsync(offline)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(Refresh(offline))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.RedeemAsync(unused)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.UserInfoAsync(others)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.RefreshAsync(Refresh(others))).Status.ShouldBe(HttpStatusCode.OK);
        using var next = await app.AuthorizeAsync(cookie);
        next.Headers.Location!.OriginalString.ShouldStartWith("/if/flow/default-authentication-flow/");
        var again = await app.TokensAsync(await site.SignInAsync(mara), Offline);
        (await app.UserInfoAsync(again)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_that_expires_takes_its_grants_along()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_token_validity"] = "days=30");
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);

        site.Time.Advance(TimeSpan.FromDays(15));

        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("password")]
    [InlineData("group")]
    public async Task An_offline_grant_ends_with_its_persons_rights(string how)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var mara = await site.AddUserAsync("mara", "Family");
        var family = await site.AddGroupAsync("Family");
        await app.BindAsync(family);
        var cookie = await site.SignInAsync(mara);
        var tokens = await app.TokensAsync(cookie, Offline);
        var unused = await app.CodeAsync(cookie);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);

        site.Time.Advance(TimeSpan.FromSeconds(2));
        if (how == "disabled") await site.DisableAsync(mara);
        else if (how == "password") await site.SetPasswordAsync(mara);
        else await site.LeaveAsync(mara, family);

        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(Refresh(tokens))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.RedeemAsync(unused)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_code_or_token_is_good_for_its_own_client_alone()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var other = await TestApp.RegisterAsync(site, name: "Other", slug: "other");
        var cookie = await site.SignInAsync(ProviderSite.Admin);

        (await other.RedeemAsync(await app.CodeAsync(cookie))).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        var tokens = await app.TokensAsync(cookie, Offline);
        (await other.RefreshAsync(Refresh(tokens))).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await app.RefreshAsync(Refresh(tokens))).Status.ShouldBe(HttpStatusCode.OK);
        (await app.UserInfoAsync(new JsonObject { ["access_token"] = tokens["id_token"]!.GetValue<string>() })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_lives_a_minute()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var code = await app.CodeAsync(await site.SignInAsync(ProviderSite.Admin));

        site.Time.Advance(TimeSpan.FromSeconds(61));

        (await app.RedeemAsync(code)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_grant_is_found_again_by_a_node_that_has_never_seen_it()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var code = await app.CodeAsync(cookie);
        var tokens = await app.TokensAsync(cookie);

        // what a node that was away does: it drops everything it remembers
        await site.Store.WriteAsync(async db =>
        {
            await db.ChangedAsync("user_end", "1");
            return true;
        }, ProviderSite.Ct);

        (await app.RedeemAsync(code)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Refresh(JsonNode tokens) => tokens["refresh_token"]!.GetValue<string>();
}
