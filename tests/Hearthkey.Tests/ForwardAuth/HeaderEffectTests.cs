using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>What a provider's fields make of the headers: cases 9 to 11 of the conformance list, and our own.</summary>
public sealed class HeaderEffectTests
{
    private const string Page = "http://wiki.home.test/";

    private const string Open = "http://wiki.home.test/open";

    [Fact]
    public async Task Basic_is_made_of_two_attributes_of_the_person_or_of_their_groups()
    {
        await using var site = await StartAsync(body =>
        {
            body["basic_auth_enabled"] = true;
            body["basic_auth_user_attribute"] = "wiki_user";
            body["basic_auth_password_attribute"] = "wiki_password";
        });
        var family = (await site.Server.CreateAsync("core/groups/", new JsonObject { ["name"] = "family", ["attributes"] = new JsonObject { ["wiki_password"] = "secret", ["wiki_user"] = "svc" } }))["pk"]!.GetValue<string>();
        var (mara, otto, pia) = (await site.Server.AddUserAsync("mara"), await site.Server.AddUserAsync("otto", attributes: """{"wiki_password":"own"}"""), await site.Server.AddUserAsync("pia"));
        foreach (var pk in new[] { mara, otto }) await site.Server.ApiAsync(HttpMethod.Post, $"core/groups/{family}/add_user/", new JsonObject { ["pk"] = pk });

        (await HeaderAsync(site, mara, "Authorization")).ShouldBe("Basic c3ZjOnNlY3JldA==");
        (await HeaderAsync(site, otto, "Authorization")).ShouldBe(Basic("svc", "own"));
        // no password, no header that says so: whatever the client sent is taken out
        (await HeaderAsync(site, pia, "Authorization")).ShouldBe("");
        await site.Server.PatchAsync($"core/users/{pia}/", new JsonObject { ["attributes"] = new JsonObject { ["wiki_password"] = "pias" } });
        (await HeaderAsync(site, pia, "Authorization")).ShouldBe(Basic("pia@home.test", "pias"));
        using var open = await site.CheckAsync(Open, "Authorization: Basic b3duOm93bg==");
        open.Headers.GetValues("Authorization").Single().ShouldBe("Basic b3duOm93bg==");
    }

    [Theory]
    [InlineData("basic_auth_user_attribute")]
    [InlineData("basic_auth_password_attribute")]
    public async Task Basic_needs_both_attributes(string missing)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        (body["basic_auth_enabled"], body["basic_auth_user_attribute"], body["basic_auth_password_attribute"]) = (true, "a", "b");
        body[missing] = "";

        (await site.Server.RefusedAsync("providers/proxy/", body))[missing]!.ToJsonString().ShouldContain("attribute");
    }

    [Fact]
    public async Task Without_Basic_no_authorization_is_sent()
    {
        await using var site = await StartAsync();

        (await HeaderAsync(site, await site.Server.AddUserAsync("mara", attributes: """{"wiki_password":"x"}"""), "Authorization")).ShouldBeNull();
    }

    [Fact]
    public async Task Additional_headers_are_sent_as_text_and_may_take_the_place_of_others()
    {
        await using var site = await StartAsync();
        var mara = await site.Server.AddUserAsync("mara", attributes: """{"additionalHeaders":{"Foo":"bar","X-Number":7,"X-On":true,"X-Nothing":null,"X-List":["a"],"X-authentik-name":"Captain","Set-Cookie":"a=b","Bad_Name":"x"}}""");

        using var response = await CheckAsync(site, mara, Page);

        One(response, "Foo").ShouldBe("bar");
        One(response, "X-Number").ShouldBe("7");
        One(response, "X-On").ShouldBe("true");
        One(response, "X-Nothing").ShouldBe("");
        One(response, "X-List").ShouldBe("[\"a\"]");
        One(response, "X-authentik-name").ShouldBe("Captain");
        One(response, "Set-Cookie").ShouldBeNull();
        One(response, "Bad_Name").ShouldBeNull();
    }

    [Fact]
    public async Task Remote_user_headers_are_sent_beside_authentiks()
    {
        await using var site = await StartAsync(body => body["identity_headers"] = "remote_user");
        var mara = await site.Server.AddUserAsync("mara", "family");
        foreach (var group in new[] { "crew", "a,admins" })
            await site.Server.ApiAsync(HttpMethod.Post, $"core/groups/{await site.Server.AddGroupAsync(group)}/add_user/", new JsonObject { ["pk"] = mara });

        using var response = await CheckAsync(site, mara, Page);
        One(response, "Remote-User").ShouldBe("mara");
        // a name with a comma in it would make its members admins
        One(response, "Remote-Groups")!.Split(',').ShouldBe(["family", "crew"], ignoreOrder: true);
        One(response, "Remote-Email").ShouldBe("mara@home.test");
        One(response, "Remote-Name").ShouldBe("mara Person");
        One(response, "X-authentik-username").ShouldBe("mara");
        using var nobody = await site.CheckAsync(Open, "Remote-User: root");
        foreach (var name in new[] { "Remote-User", "Remote-Groups", "Remote-Email", "Remote-Name" }) One(nobody, name).ShouldBe("", name);
    }

    [Fact]
    public async Task Headers_have_the_names_that_the_provider_gives_them()
    {
        await using var site = await StartAsync(body =>
        {
            (body["identity_headers"], body["header_username"], body["header_groups"]) = ("custom", "X-WEBAUTH-USER", "X-WEBAUTH-GROUPS");
            (body["header_email"], body["header_name"]) = ("X-WEBAUTH-EMAIL", "X-WEBAUTH-NAME");
        });

        using var response = await CheckAsync(site, await site.Server.AddUserAsync("mara", "family"), Page);

        One(response, "X-WEBAUTH-USER").ShouldBe("mara");
        One(response, "X-WEBAUTH-GROUPS").ShouldBe("family");
        One(response, "X-WEBAUTH-EMAIL").ShouldBe("mara@home.test");
        One(response, "X-WEBAUTH-NAME").ShouldBe("mara Person");
        One(response, "Remote-User").ShouldBeNull();
    }

    [Theory]
    [InlineData("header_username", "Cookie")]
    [InlineData("header_username", "Authorization")]
    [InlineData("header_username", "X-authentik-uid")]
    [InlineData("header_username", "X-Forwarded-For")]
    [InlineData("header_username", "Host")]
    [InlineData("header_username", "Remote_User")]
    [InlineData("header_username", "a b")]
    [InlineData("identity_headers", "nonsense")]
    [InlineData("identity_headers", "custom")]
    public async Task A_name_that_has_another_use_is_refused(string field, string value)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var body = site.Body();
        body[field] = value;

        (await site.Server.RefusedAsync("providers/proxy/", body))[field].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_statement_is_signed_for_the_application_and_published_in_its_key_set()
    {
        await using var site = await StartAsync(body => body["identity_jwt"] = true);
        var mara = await site.Server.AddUserAsync("mara", "family");
        var browser = await HomeBrowser.OfAsync(site, mara);
        await browser.OpenAsync(Page);

        using var first = await browser.CheckAsync(Page);
        var text = One(first, "X-authentik-jwt")!;
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(text.Split('.')[1]))!;
        claims["aud"]!.GetValue<string>().ShouldBe((await site.Server.GetAsync("providers/proxy/"))["results"]![0]!["client_id"]!.GetValue<string>());
        claims["preferred_username"]!.GetValue<string>().ShouldBe("mara");
        claims["groups"]!.AsArray().Single()!.GetValue<string>().ShouldBe("family");
        claims["sub"]!.GetValue<string>().ShouldBe(One(first, "X-authentik-uid"));
        (await IsSignedAsync(site, One(first, "X-authentik-meta-jwks")!, text)).ShouldBeTrue();

        // the same for half its time, then another
        using var again = await browser.CheckAsync(Page);
        One(again, "X-authentik-jwt").ShouldBe(text);
        site.Server.Time.Advance(TimeSpan.FromSeconds(151));
        using var later = await browser.CheckAsync(Page);
        One(later, "X-authentik-jwt").ShouldNotBe(text);
        using var nobody = await site.CheckAsync(Open);
        One(nobody, "X-authentik-jwt").ShouldBe("");

        // and it is no token
        (await site.StatusAsync(Page, "Authorization: Bearer " + text)).ShouldBe(HttpStatusCode.Unauthorized);
        using var userinfo = await site.Server.SendAsync(HttpMethod.Get, "/application/o/userinfo/", authorization: "Bearer " + text);
        userinfo.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var api = await site.Server.SendAsync(HttpMethod.Get, "/api/v3/core/users/me/", authorization: "Bearer " + text);
        api.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task No_statement_is_made_unless_it_is_switched_on()
    {
        await using var site = await StartAsync();
        var mara = await site.Server.AddUserAsync("mara");

        (await HeaderAsync(site, mara, "X-authentik-jwt")).ShouldBe("");
        using var jwks = await site.Server.SendAsync(HttpMethod.Get, "/application/o/wiki/jwks/");
        (await jwks.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldBe("""{"keys":[]}""");
    }

    [Fact]
    public async Task What_is_ours_is_told_only_where_it_differs_from_the_default()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var plain = await site.Server.CreateAsync("providers/proxy/", site.Body());
        foreach (var name in new[] { "identity_headers", "header_username", "identity_jwt" }) plain[name].ShouldBeNull(name);

        await site.Server.PatchAsync($"providers/proxy/{plain["pk"]}/", new JsonObject { ["identity_headers"] = "remote_user", ["identity_jwt"] = true });
        (await site.Server.GetAsync($"providers/proxy/{plain["pk"]}/"))["identity_headers"]!.GetValue<string>().ShouldBe("remote_user");
        await site.Server.PatchAsync($"providers/proxy/{plain["pk"]}/", new JsonObject { ["identity_headers"] = "authentik" });
        (await site.Server.GetAsync($"providers/proxy/{plain["pk"]}/"))["identity_headers"].ShouldBeNull();
    }

    private static async Task<ForwardAuthSite> StartAsync(Action<JsonObject>? change = null)
    {
        var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync(change: body =>
        {
            body["skip_path_regex"] = "^/open";
            change?.Invoke(body);
        });
        return site;
    }

    private static async Task<HttpResponseMessage> CheckAsync(ForwardAuthSite site, long user, string url)
    {
        var browser = await HomeBrowser.OfAsync(site, user);
        await browser.OpenAsync(url);
        var response = await browser.CheckAsync(url);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response;
    }

    private static async Task<string?> HeaderAsync(ForwardAuthSite site, long user, string name)
    {
        using var response = await CheckAsync(site, user, Page);
        return One(response, name);
    }

    private static string? One(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.Single() : null;

    private static string Basic(string name, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    private static async Task<bool> IsSignedAsync(ForwardAuthSite site, string jwksUrl, string text)
    {
        using var answer = await site.Server.SendAsync(HttpMethod.Get, new Uri(jwksUrl).PathAndQuery);
        var jwk = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ProviderSite.Ct))!["keys"]!.AsArray().Single()!;
        var parts = text.Split('.');
        JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"]!.GetValue<string>().ShouldBe(jwk["kid"]!.GetValue<string>());
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(jwk["x"]!.GetValue<string>()), Y = Base64Url.DecodeFromChars(jwk["y"]!.GetValue<string>()) },
        });
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }
}
