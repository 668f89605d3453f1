using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>Programs get tokens: with the client's secret, or with an app password of somebody.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_client_acts_as_a_service_account_that_is_made_at_its_first_use(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);

        var (status, tokens) = await app.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "openid profile" });
        status.ShouldBe(HttpStatusCode.OK, tokens.ToJsonString());
        (await app.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "openid profile" })).Status.ShouldBe(HttpStatusCode.OK);

        var account = (await site.GetAsync("core/users/?type=service_account"))["results"]!.AsArray().ShouldHaveSingleItem()!;
        account["username"]!.GetValue<string>().ShouldBe("ak-grafana-oidc-client_credentials");
        account["path"]!.GetValue<string>().ShouldBe("goauthentik.io/apps/grafana");
        (await app.UserInfoAsync(tokens)).Body!["preferred_username"]!.GetValue<string>().ShouldBe("ak-grafana-oidc-client_credentials");
        (await GrantsAsync(site)).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_of_that_name_is_never_what_a_client_acts_as()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.AddUserAsync("ak-grafana-oidc-client_credentials");

        (await app.TokenAsync(new() { ["grant_type"] = "client_credentials" })).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task An_app_password_gets_tokens_for_its_person_however_the_name_is_written(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);
        var key = await site.AddAppPasswordAsync(await site.AddUserAsync("mara"));

        var (status, tokens) = await app.AsPersonAsync("MARA", key);

        status.ShouldBe(HttpStatusCode.OK, tokens.ToJsonString());
        (await app.UserInfoAsync(tokens)).Body!["preferred_username"]!.GetValue<string>().ShouldBe("mara");
        tokens["refresh_token"].ShouldBeNull();
        var told = await app.IntrospectAsync(tokens["access_token"]!.GetValue<string>());
        told["active"]!.GetValue<bool>().ShouldBeTrue();
        told["preferred_username"]!.GetValue<string>().ShouldBe("mara");
        TestApp.Claims(tokens)["sub"]!.GetValue<string>().ShouldBe(told["sub"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_but_an_app_password_of_this_person_gets_tokens()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var (mara, otto) = (await site.AddUserAsync("mara"), await site.AddUserAsync("otto"));
        await site.SetPasswordAsync(mara);
        var ottos = await site.AddAppPasswordAsync(otto);
        var api = await site.AddTokenAsync(mara, "api");

        foreach (var (name, key) in new[] { ("mara", "a quiet harbour at dawn"), ("mara", ottos), ("mara", api), ("nobody", ottos), ("otto@home.test", ottos) })
            (await app.AsPersonAsync(name, key)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant", name);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("changed")]
    [InlineData("expired")]
    [InlineData("disabled")]
    [InlineData("binding")]
    [InlineData("limit_methods")]
    [InlineData("limit_paths")]
    public async Task Tokens_of_an_app_password_end_with_it_and_with_its_persons_rights(string how)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["access_token_validity"] = "days=30");
        var mara = await site.AddUserAsync("mara");
        var key = await site.AddAppPasswordAsync(mara, "phone", "2026-03-02T12:00:00Z");
        var tokens = (await app.AsPersonAsync("mara", key)).Body;
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);

        if (how == "deleted") (await site.ApiAsync(HttpMethod.Delete, "core/tokens/phone/")).Status.ShouldBe(HttpStatusCode.NoContent);
        else if (how == "changed") await site.ApiAsync(HttpMethod.Post, "core/tokens/phone/set_key/", new JsonObject { ["key"] = "another-key-of-forty-random-characters-1" });
        else if (how == "expired") site.Time.Advance(TimeSpan.FromDays(1));
        else if (how == "disabled") await site.DisableAsync(mara);
        else if (how == "binding") await app.BindAsync(user: mara, negate: true);
        else await site.PatchAsync("core/tokens/phone/", new JsonObject { [how] = new JsonArray("GET") });

        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.IntrospectAsync(tokens["access_token"]!.GetValue<string>()))["active"]!.GetValue<bool>().ShouldBeFalse();
        (await app.AsPersonAsync("mara", key)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_app_password_is_good_for_the_application_that_it_is_limited_to_alone()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var other = await TestApp.RegisterAsync(site, name: "Other", slug: "other");
        var key = await site.AddAppPasswordAsync(ProviderSite.Admin, "phone");
        await site.PatchAsync("core/tokens/phone/", new JsonObject { ["limit_application"] = app.Application["pk"]!.GetValue<string>() });

        (await app.AsPersonAsync("akadmin", key)).Status.ShouldBe(HttpStatusCode.OK);
        (await other.AsPersonAsync("akadmin", key)).Body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await site.EventsAsync("configuration_error")).Last()["message"]!.GetValue<string>().ShouldContain("phone is limited to another application");
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_sign_in_of_the_person_is_not()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var key = await site.AddAppPasswordAsync(await site.AddUserAsync("mara"));

        for (var i = 0; i < 5; i++) (await app.AsPersonAsync("mara", "wrong")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.AsPersonAsync("mara", key)).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        var throttle = (Hearthkey.Directory.Throttle)site.Services.GetService(typeof(Hearthkey.Directory.Throttle))!;
        throttle.Wait("mara", IPAddress.Loopback).ShouldBeNull();
        site.Time.Advance(TimeSpan.FromSeconds(2));
        (await app.AsPersonAsync("mara", key)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_that_ended_shows_in_introspection()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var cookie = await site.SignInAsync(ProviderSite.Admin);
        var access = (await app.TokensAsync(cookie))["access_token"]!.GetValue<string>();
        (await app.IntrospectAsync(access))["active"]!.GetValue<bool>().ShouldBeTrue();

        await site.SignOutAsync(cookie);

        (await app.IntrospectAsync(access))["active"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_provider_without_the_grant_refuses_it_and_does_not_offer_it()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.PatchAsync($"providers/oauth2/{app.Pk}/", new JsonObject { ["grant_types"] = new JsonArray("authorization_code") });

        (await app.TokenAsync(new() { ["grant_type"] = "client_credentials" })).Body["error"]!.GetValue<string>().ShouldBe("unauthorized_client");
        using var discovery = await site.SendAsync(HttpMethod.Get, "/application/o/grafana/.well-known/openid-configuration");
        var text = await discovery.Content.ReadAsStringAsync(ProviderSite.Ct);
        text.ShouldNotContain("client_credentials");
        JsonNode.Parse(text)!["introspection_endpoint"]!.GetValue<string>().ShouldBe("http://id.test/application/o/introspect/");
    }

    [Fact]
    public async Task An_access_token_of_a_program_says_what_it_is()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var tokens = (await app.AsPersonAsync("akadmin", await site.AddAppPasswordAsync(ProviderSite.Admin))).Body;

        var header = JsonNode.Parse(WebEncoders.Base64UrlDecode(tokens["access_token"]!.GetValue<string>().Split('.')[0]))!;
        header["typ"]!.GetValue<string>().ShouldBe("at+jwt");
        tokens["token_type"]!.GetValue<string>().ShouldBe("Bearer");
        tokens["expires_in"]!.GetValue<int>().ShouldBe(3600);
    }

    private static Task<long> GrantsAsync(ProviderSite site) =>
        site.Store.ReadAsync(db => db.OneAsync($"select count(*) from oauth_grant", r => r.Long()), ProviderSite.Ct);
}
