using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Storage;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>Programs open protected applications with an app password or a token, and no longer than they may.</summary>
public sealed class HeaderAuthTests
{
    private const string Page = "http://wiki.home.test/";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task An_app_password_opens_an_application_for_its_person(Dialect dialect)
    {
        await using var site = await ForwardAuthSite.StartAsync(dialect);
        await site.ProtectAsync();
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara", "family"));

        using var response = await site.CheckAsync(Page, Basic("mara", key));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-username").Single().ShouldBe("mara");
        response.Headers.GetValues("X-authentik-groups").Single().ShouldBe("family");
        response.Headers.GetValues("X-authentik-uid").Single().Length.ShouldBe(64);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await site.StatusAsync(Page, Basic("MARA", key))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_but_a_right_app_password_does()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var (mara, otto) = (await site.Server.AddUserAsync("mara"), await site.Server.AddUserAsync("otto"));
        await site.Server.SetPasswordAsync(mara);
        var ottos = await site.Server.AddAppPasswordAsync(otto);
        var api = await site.Server.AddTokenAsync(mara, "api");

        foreach (var header in new[] { Basic("mara", "a quiet harbour at dawn"), Basic("mara", ottos), Basic("mara", api), "Authorization: Bearer " + ottos, "Authorization: Bearer " + api, Basic("goauthentik.io/token", ottos) })
            (await site.StatusAsync(Page, header)).ShouldBe(HttpStatusCode.Unauthorized, header);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("changed")]
    [InlineData("expired")]
    [InlineData("disabled")]
    [InlineData("binding")]
    [InlineData("limit_application")]
    [InlineData("renamed")]
    public async Task It_ends_with_the_password_and_with_its_persons_rights(string how)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        var other = (await site.Server.CreateAsync("core/applications/", new JsonObject { ["name"] = "Other", ["slug"] = "other" }))["pk"]!.GetValue<string>();
        var mara = await site.Server.AddUserAsync("mara");
        var key = await site.Server.AddAppPasswordAsync(mara, "phone", "2026-03-01T12:00:30Z");
        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.OK);

        if (how == "deleted") await site.Server.ApiAsync(HttpMethod.Delete, "core/tokens/phone/");
        else if (how == "changed") await site.Server.ApiAsync(HttpMethod.Post, "core/tokens/phone/set_key/", new JsonObject { ["key"] = "another-key-of-forty-random-characters-1" });
        else if (how == "expired") site.Server.Time.Advance(TimeSpan.FromSeconds(31));
        else if (how == "disabled") await site.Server.DisableAsync(mara);
        else if (how == "binding") await site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = app.PbmUuid, ["user"] = mara, ["negate"] = true, ["order"] = 0 });
        else if (how == "renamed") await site.Server.PatchAsync($"core/users/{mara}/", new JsonObject { ["username"] = "clara" });
        else await site.Server.PatchAsync("core/tokens/phone/", new JsonObject { ["limit_application"] = other });

        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("goauthentik.io/token")]
    public async Task A_token_of_this_provider_opens_its_application_and_no_other(string how)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var app = await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara"));
        var token = await TokenAsync(site, app.ClientId, key);
        var header = how.StartsWith('A') ? "Authorization: Bearer " + token : Basic(how, token);

        using var response = await site.CheckAsync(Page, header);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-authentik-username").Single().ShouldBe("mara");
        (await site.StatusAsync("http://photos.home.test/", header)).ShouldBe(HttpStatusCode.Unauthorized);

        await site.Server.ApiAsync(HttpMethod.Delete, "core/tokens/phone/");
        (await site.StatusAsync(Page, header)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_password_of_one_application_some_methods_and_paths_is_good_for_nothing_else()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        await site.ProtectAsync("photos", "http://photos.home.test");
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara"));
        var wiki = (await site.Server.GetAsync("core/applications/wiki/"))["pk"]!.GetValue<string>();
        await site.Server.PatchAsync("core/tokens/phone/", new JsonObject { ["limit_application"] = wiki, ["limit_methods"] = new JsonArray("GET"), ["limit_paths"] = new JsonArray("/api/.*") });

        (await site.StatusAsync("http://wiki.home.test/api/pages", Basic("mara", key), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.OK);
        (await site.StatusAsync("http://wiki.home.test/api/pages", Basic("mara", key), "X-Original-Method: DELETE")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://wiki.home.test/admin", Basic("mara", key), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.Unauthorized);
        (await site.StatusAsync("http://photos.home.test/api/pages", Basic("mara", key), "X-Original-Method: GET")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body => body["skip_path_regex"] = "^/open");
        var key = await site.Server.AddAppPasswordAsync(await site.Server.AddUserAsync("mara"));
        // what an application's own client sends where no login is asked for counts against nobody
        for (var i = 0; i < 60; i++) (await site.StatusAsync("http://wiki.home.test/open", Basic("mara", "own"))).ShouldBe(HttpStatusCode.OK);

        for (var i = 0; i < 5; i++) await site.StatusAsync(Page, Basic("mara", "wrong"));

        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.Unauthorized);
        site.Server.Time.Advance(TimeSpan.FromSeconds(2));
        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changed_groups_change_the_headers()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync();
        var mara = await site.Server.AddUserAsync("mara", "family");
        var key = await site.Server.AddAppPasswordAsync(mara);
        (await site.StatusAsync(Page, Basic("mara", key))).ShouldBe(HttpStatusCode.OK);

        await site.Server.LeaveAsync(mara, await site.Server.AddGroupAsync("family"));

        using var response = await site.CheckAsync(Page, Basic("mara", key));
        response.Headers.GetValues("X-authentik-groups").Single().ShouldBeEmpty();
    }

    private static async Task<string> TokenAsync(ForwardAuthSite site, string clientId, string key)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["username"] = "mara", ["password"] = key, ["scope"] = "openid" };
        using var answer = await site.Server.SendAsync(HttpMethod.Post, "/application/o/token/", new FormUrlEncodedContent(form));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ProviderSite.Ct))!["access_token"]!.GetValue<string>();
    }

    private static string Basic(string name, string password) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));
}
