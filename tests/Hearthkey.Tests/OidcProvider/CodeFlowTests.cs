using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Keys;
using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>OpenID Connect Core §3.1, over HTTP.</summary>
public sealed class CodeFlowTests
{
    private const string Verifier = "a-verifier-of-more-than-forty-three-characters-1234567890";

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task A_confidential_client_gets_tokens_and_userinfo(Dialect dialect)
    {
        await using var site = await ProviderSite.StartAsync(dialect);
        var app = await TestApp.RegisterAsync(site);
        var mara = await site.AddUserAsync("mara", "Family");

        var tokens = await app.TokensAsync(await site.SignInAsync(mara), "openid profile email entitlements ak_proxy");

        tokens.AsObject().ContainsKey("refresh_token").ShouldBeFalse();
        var claims = TestApp.Claims(tokens);
        claims["iss"]!.GetValue<string>().ShouldBe("http://id.test/application/o/grafana/");
        claims["sub"]!.GetValue<string>().ShouldBe((await site.GetAsync($"core/users/{mara}/"))["uid"]!.GetValue<string>());
        claims["sid"]!.GetValue<string>().Length.ShouldBe(64);
        claims["amr"]!.AsArray().Single()!.GetValue<string>().ShouldBe("pwd");
        var (status, who) = await app.UserInfoAsync(tokens);
        status.ShouldBe(HttpStatusCode.OK);
        who!["preferred_username"]!.GetValue<string>().ShouldBe("mara");
        who["email_verified"]!.GetValue<bool>().ShouldBeFalse();
        who["groups"]!.AsArray().Single()!.GetValue<string>().ShouldBe("Family");
        who["roles"]!.AsArray().ShouldBeEmpty();
        who["ak_proxy"]!["is_superuser"]!.GetValue<bool>().ShouldBeFalse();
        var event_ = (await site.EventsAsync("authorize_application")).Single();
        event_["authorized_application"]!["name"]!.GetValue<string>().ShouldBe("Grafana");
    }

    /// <summary>A node may remember for a second a session that another one has ended.</summary>
    [Fact]
    public async Task A_code_of_a_session_that_is_gone_from_the_database_is_not_redeemed()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var code = await app.CodeAsync(await site.SignInAsync(await site.AddUserAsync("mara")), scope: "openid offline_access");
        await site.Store.WriteAsync(db => db.ExecAsync($"delete from session"), ProviderSite.Ct);

        var (status, body) = await app.RedeemAsync(code);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_public_client_proves_itself_by_pkce_and_cannot_do_without()
    {
        await using var site = await ProviderSite.StartAsync();
        var key = site.Services.GetRequiredService<Snapshots>().Current.Get<KeyPairs>().FindManaged(KeysArea.SelfSignedManaged)!.KpUuid.ToString();
        var app = await TestApp.RegisterAsync(site, body =>
        {
            body["client_type"] = "public";
            body["signing_key"] = key;
        });
        var cookie = await site.SignInAsync(ProviderSite.Admin);

        using var bare = await app.AuthorizeAsync(cookie);
        TestApp.Answer(bare)["error"].ShouldBe("invalid_request");
        var code = await app.CodeAsync(cookie, $"&code_challenge_method=S256&code_challenge={TestApp.Challenge(Verifier)}");
        var (status, body) = await app.TokenAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = app.ClientId,
            ["code"] = code,
            ["redirect_uri"] = TestApp.Callback,
            ["code_verifier"] = Verifier,
        }, withSecret: false);

        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        TestApp.Header(body)["alg"]!.GetValue<string>().ShouldBe("RS256");
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_comes_back_to_the_whole_request_after_the_login()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        using var asked = await app.AuthorizeAsync(null, "&nonce=n%26%3D1");
        var next = Next(asked);
        using var answered = await site.SendAsync(HttpMethod.Get, next, cookie: await site.SignInAsync(ProviderSite.Admin));

        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var answer = TestApp.Answer(answered);
        answer["state"].ShouldBe("s1");
        answer["iss"].ShouldBe("http://id.test/application/o/grafana/");
        var (_, body) = await app.RedeemAsync(answer["code"]);
        TestApp.Claims(body)["nonce"]!.GetValue<string>().ShouldBe("n&=1");
    }

    [Fact]
    public async Task A_request_may_come_as_a_form()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var form = new Dictionary<string, string>
        {
            ["client_id"] = app.ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = TestApp.Callback,
            ["scope"] = "openid",
            ["state"] = "s1",
        };

        using var response = await site.SendAsync(
            HttpMethod.Post, "/application/o/authorize/", new FormUrlEncodedContent(form), cookie: await site.SignInAsync(ProviderSite.Admin));

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        TestApp.Answer(response)["code"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_silent_request_never_shows_a_page()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var mara = await site.AddUserAsync("mara");

        using var stranger = await app.AuthorizeAsync(null, "&prompt=none");
        TestApp.Answer(stranger)["error"].ShouldBe("login_required");
        await app.BindAsync(await site.AddGroupAsync("Family"));
        using var outsider = await app.AuthorizeAsync(await site.SignInAsync(mara), "&prompt=none");
        TestApp.Answer(outsider)["error"].ShouldBe("access_denied");
        (await site.EventsAsync("policy_execution")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("&prompt=login")]
    [InlineData("&max_age=0")]
    [InlineData("&max_age=60")]
    public async Task A_fresh_sign_in_is_asked_for_once_and_an_older_one_does_not_do(string more)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var old = await site.SignInAsync(ProviderSite.Admin);
        site.Time.Advance(TimeSpan.FromMinutes(5));

        using var asked = await app.AuthorizeAsync(old, more);
        var next = Next(asked);
        using var still = await site.SendAsync(HttpMethod.Get, next, cookie: old);
        site.Time.Advance(TimeSpan.FromSeconds(20));
        using var fresh = await site.SendAsync(HttpMethod.Get, next, cookie: await site.SignInAsync(ProviderSite.Admin));

        Next(still).ShouldContain("hearthkey_arrival");
        TestApp.Answer(fresh).ContainsKey("code").ShouldBeTrue();
    }

    [Fact]
    public async Task A_sign_in_that_never_gets_fresh_ends_on_a_page_instead_of_going_round()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var old = await site.SignInAsync(ProviderSite.Admin);
        var path = app.AuthorizeUrl("&prompt=login");

        for (var i = 0; i < 3; i++)
        {
            using var asked = await site.SendAsync(HttpMethod.Get, path, cookie: old);
            path = Next(asked);
        }
        using var last = await site.SendAsync(HttpMethod.Get, path, cookie: old);

        last.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_arrival_of_another_request_or_a_forged_one_counts_for_nothing()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        using var asked = await app.AuthorizeAsync(null, "&prompt=login");
        var arrival = Next(asked).Split("hearthkey_arrival=")[1];
        var cookie = await site.SignInAsync(ProviderSite.Admin);

        using var other = await app.AuthorizeAsync(cookie, "&prompt=login&nonce=other&hearthkey_arrival=" + arrival);
        using var forged = await app.AuthorizeAsync(cookie, "&prompt=login&hearthkey_arrival=1000.0.AAAA");

        Next(other).ShouldContain("/application/o/authorize/");
        Next(forged).ShouldContain("/application/o/authorize/");
    }

    [Fact]
    public async Task Somebody_outside_the_group_sees_the_name_of_the_app_and_no_code_is_made()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await app.BindAsync(await site.AddGroupAsync("Family"));

        using var response = await app.AuthorizeAsync(await site.SignInAsync(await site.AddUserAsync("mara")));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldContain("Grafana");
        (await site.EventsAsync("policy_execution")).Single()["binding"]!["group"]!.GetValue<string>().ShouldBe("Family");
        (await CountAsync(site)).ShouldBe(0);
    }

    [Theory]
    [InlineData("hashed_user_id", null)]
    [InlineData("user_username", "mara")]
    [InlineData("user_email", "mara@home.test")]
    [InlineData("user_upn", "mara@upn.test")]
    [InlineData("user_id", null)]
    [InlineData("user_uuid", null)]
    public async Task The_sub_mode_chooses_what_the_app_knows_a_person_by(string mode, string? expected)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body => body["sub_mode"] = mode);
        var mara = await site.AddUserAsync("mara", attributes: """{"upn":"mara@upn.test"}""");

        var sub = TestApp.Claims(await app.TokensAsync(await site.SignInAsync(mara)))["sub"]!.GetValue<string>();

        var user = await site.GetAsync($"core/users/{mara}/");
        sub.ShouldBe(expected ?? user[mode switch { "user_id" => "pk", "user_uuid" => "uuid", _ => "uid" }]!.ToString());
    }

    [Fact]
    public async Task A_provider_can_keep_claims_out_of_the_tokens_and_have_the_base_url_as_issuer()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site, body =>
        {
            body["include_claims_in_id_token"] = false;
            body["issuer_mode"] = "global";
            body["access_token_validity"] = "minutes=7";
        });

        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));

        var claims = TestApp.Claims(tokens);
        claims["iss"]!.GetValue<string>().ShouldBe("http://id.test/");
        claims.AsObject().ContainsKey("email").ShouldBeFalse();
        tokens["expires_in"]!.GetValue<int>().ShouldBe(420);
        (await app.UserInfoAsync(tokens)).Body!["preferred_username"]!.GetValue<string>().ShouldBe("akadmin");
        site.Time.Advance(TimeSpan.FromMinutes(8));
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Discovery_names_what_works_and_its_root_leads_there()
    {
        await using var site = await ProviderSite.StartAsync();
        await TestApp.RegisterAsync(site);

        using var root = await site.SendAsync(HttpMethod.Get, "/application/o/grafana/");
        using var response = await site.SendAsync(HttpMethod.Get, root.Headers.Location!.AbsolutePath, origin: "https://grafana.test");
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(ProviderSite.Ct))!;

        document["issuer"]!.GetValue<string>().ShouldBe("http://id.test/application/o/grafana/");
        document["token_endpoint"]!.GetValue<string>().ShouldBe("http://id.test/application/o/token/");
        document["claims_supported"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain("groups");
        document["scopes_supported"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain("offline_access");
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://grafana.test"]);
        using var unknown = await site.SendAsync(HttpMethod.Get, "/application/o/nothing/.well-known/openid-configuration");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_the_origins_of_a_client_may_read_its_answers_in_a_browser()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var tokens = await app.TokensAsync(await site.SignInAsync(ProviderSite.Admin));
        var bearer = "Bearer " + tokens["access_token"]!.GetValue<string>();

        using var own = await site.SendAsync(HttpMethod.Get, "/application/o/userinfo/", authorization: bearer, origin: "https://grafana.test");
        using var other = await site.SendAsync(HttpMethod.Get, "/application/o/userinfo/", authorization: bearer, origin: "https://evil.test");
        using var asked = await site.SendAsync(HttpMethod.Options, "/application/o/token/", origin: "https://grafana.test");

        own.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://grafana.test"]);
        other.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_provider_without_an_application_lets_nobody_in()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.PatchAsync("core/applications/grafana/", new JsonObject { ["provider"] = null });

        using var response = await app.AuthorizeAsync(await site.SignInAsync(ProviderSite.Admin));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string Next(HttpResponseMessage response)
    {
        var location = response.Headers.Location!.OriginalString;
        location.ShouldStartWith("/if/flow/default-authentication-flow/?");
        return Uri.UnescapeDataString(location.Split("next=")[1].Split('&')[0]);
    }

    [Fact]
    public async Task An_authorization_flow_with_stages_is_never_skipped()
    {
        await using var site = await ProviderSite.StartAsync();
        var flow = (await site.CreateAsync("flows/instances/", new JsonObject
        {
            ["name"] = "asks first",
            ["slug"] = "asks-first",
            ["title"] = "Asks first",
            ["designation"] = "authorization",
        }))["pk"]!.GetValue<string>();
        var stage = (await site.GetAsync("stages/all/"))["results"]![0]!["pk"]!.GetValue<string>();
        await site.CreateAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = 0 });
        var app = await TestApp.RegisterAsync(site, body => body["authorization_flow"] = flow);

        using var response = await app.AuthorizeAsync(await site.SignInAsync(ProviderSite.Admin));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync(site)).ShouldBe(0);
    }

    private static Task<long> CountAsync(ProviderSite site) =>
        site.Store.ReadAsync(db => db.OneAsync($"select count(*) from authorization_code", r => r.Long()), ProviderSite.Ct);
}
