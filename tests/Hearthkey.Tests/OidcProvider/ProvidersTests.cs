using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.OidcProvider;

public sealed class ProvidersTests
{
    [Fact]
    public async Task A_new_provider_has_the_defaults_of_authentik_and_what_is_built()
    {
        await using var site = await ProviderSite.StartAsync();

        var made = await site.CreateAsync("providers/oauth2/", new JsonObject
        {
            ["name"] = "grafana",
            ["authorization_flow"] = site.AuthorizationFlow,
            ["invalidation_flow"] = site.InvalidationFlow,
            ["redirect_uris"] = new JsonArray(),
        });

        made["client_id"]!.GetValue<string>().Length.ShouldBe(40);
        made["client_secret"]!.GetValue<string>().Length.ShouldBe(128);
        made["client_type"]!.GetValue<string>().ShouldBe("confidential");
        made["grant_types"]!.AsArray().Select(g => g!.GetValue<string>()).ShouldBe(["authorization_code", "refresh_token", "client_credentials"]);
        made["access_code_validity"]!.GetValue<string>().ShouldBe("minutes=1");
        made["refresh_token_validity"]!.GetValue<string>().ShouldBe("days=30");
        made["sub_mode"]!.GetValue<string>().ShouldBe("hashed_user_id");
        made["issuer_mode"]!.GetValue<string>().ShouldBe("per_provider");
        made["property_mappings"]!.AsArray().ShouldBeEmpty();
        made["signing_key"].ShouldBeNull();
        made["assigned_application_slug"].ShouldBeNull();
    }

    [Theory]
    [InlineData("grant_types", """["authorization_code","implicit"]""")]
    [InlineData("grant_types", """["nonsense"]""")]
    [InlineData("encryption_key", "\"11111111-0000-7000-8000-000000000009\"")]
    [InlineData("signing_key", "\"11111111-0000-7000-8000-000000000009\"")]
    [InlineData("logout_uri", "\"https://x.test/\"")]
    [InlineData("logout_method", "\"frontchannel\"")]
    [InlineData("jwt_federation_providers", "[1]")]
    [InlineData("jwt_federation_sources", """["11111111-0000-7000-8000-000000000009"]""")]
    [InlineData("sub_mode", "\"user_shoe_size\"")]
    [InlineData("issuer_mode", "\"local\"")]
    [InlineData("client_type", "\"secretive\"")]
    [InlineData("access_token_validity", "\"soon\"")]
    [InlineData("access_token_validity", "\"seconds=0\"")]
    [InlineData("authorization_flow", "\"11111111-0000-7000-8000-000000000009\"")]
    [InlineData("property_mappings", """["11111111-0000-7000-8000-000000000009"]""")]
    [InlineData("redirect_uris", """[{"matching_mode":"regex","url":"https://(.test"}]""")]
    [InlineData("redirect_uris", """[{"matching_mode":"strict","url":"JavaScript:alert(1)"}]""")]
    [InlineData("redirect_uris", """[{"matching_mode":"strict","url":"/relative"}]""")]
    [InlineData("redirect_uris", """[{"matching_mode":"fuzzy","url":"https://x.test/"}]""")]
    [InlineData("redirect_uris", """[{"matching_mode":"strict"}]""")]
    [InlineData("redirect_uris", """["https://x.test/"]""")]
    [InlineData("client_secret", "\"\"")]
    public async Task What_is_not_built_or_wrong_is_an_error_of_its_field(string field, string json)
    {
        await using var site = await ProviderSite.StartAsync();
        var body = await TestApp.BodyAsync(site);
        body[field] = JsonNode.Parse(json);

        var errors = await site.RefusedAsync("providers/oauth2/", body);

        errors.AsObject().Select(e => e.Key).ShouldBe([field == "client_secret" ? "signing_key" : field]);
    }

    [Fact]
    public async Task A_client_id_and_a_name_are_given_once()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var body = await TestApp.BodyAsync(site, "other");
        body["client_id"] = app.ClientId;
        (await site.RefusedAsync("providers/oauth2/", body)).AsObject().Select(e => e.Key).ShouldBe(["client_id"]);
        (await site.RefusedAsync("providers/oauth2/", await TestApp.BodyAsync(site))).AsObject().Select(e => e.Key).ShouldBe(["name"]);
    }

    [Fact]
    public async Task The_secret_is_sealed_in_the_database_and_in_no_event()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var stored = await site.Store.ReadAsync(db => db.OneAsync($"select client_secret from oauth2_provider where pk = {app.Pk}", r => r.Bytes()), ProviderSite.Ct);
        var events = await site.Store.ReadAsync(db => db.ListAsync($"select context from event", r => r.Json()), ProviderSite.Ct);

        Encoding.UTF8.GetString(stored!).ShouldNotContain(app.Secret);
        events.ShouldAllBe(text => !text.Contains(app.Secret));
        (await site.GetAsync($"providers/oauth2/{app.Pk}/"))["client_secret"]!.GetValue<string>().ShouldBe(app.Secret);
    }

    [Fact]
    public async Task Lists_filter_search_and_know_the_application()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        await site.CreateAsync("providers/oauth2/", await TestApp.BodyAsync(site, "lonely"));

        (await NamesAsync(site, "providers/oauth2/?ordering=-name")).ShouldBe(["lonely", "grafana-oidc"]);
        (await NamesAsync(site, "providers/oauth2/?search=GRAF")).ShouldBe(["grafana-oidc"]);
        (await NamesAsync(site, $"providers/oauth2/?client_id={app.ClientId}&client_type=confidential&issuer_mode=per_provider")).ShouldBe(["grafana-oidc"]);
        (await NamesAsync(site, $"providers/oauth2/?application={app.Application["pk"]}")).ShouldBe(["grafana-oidc"]);
        (await NamesAsync(site, "providers/all/?application__isnull=true")).ShouldBe(["lonely"]);
        (await NamesAsync(site, "providers/all/?search=grafana")).ShouldBe(["grafana-oidc"]);
        (await site.GetAsync("providers/all/types/")).AsArray().ShouldContain(t => t!["component"]!.GetValue<string>() == "ak-provider-oauth2-form");
        (await site.GetAsync($"providers/oauth2/{app.Pk}/used_by/")).AsArray().Single()!["pk"]!.GetValue<string>().ShouldBe("grafana");
    }

    [Fact]
    public async Task The_addresses_to_copy_begin_with_the_base_url()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        var urls = await site.GetAsync($"providers/oauth2/{app.Pk}/setup_urls/");

        urls["issuer"]!.GetValue<string>().ShouldBe("http://id.test/application/o/grafana/");
        urls["provider_info"]!.GetValue<string>().ShouldBe("http://id.test/application/o/grafana/.well-known/openid-configuration");
        urls["authorize"]!.GetValue<string>().ShouldBe("http://id.test/application/o/authorize/");
        urls["logout"]!.GetValue<string>().ShouldBe("http://id.test/application/o/grafana/end-session/");
        urls["dcr_registration"].ShouldBeNull();
        var preview = await site.GetAsync($"providers/oauth2/{app.Pk}/preview_user/?for_user={ProviderSite.Admin}");
        preview["preview"]!["preferred_username"]!.GetValue<string>().ShouldBe("akadmin");
    }

    [Fact]
    public async Task A_deleted_provider_answers_no_longer_and_its_number_never_comes_again()
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);

        (await site.ApiAsync(HttpMethod.Delete, $"providers/oauth2/{app.Pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);

        using var response = await app.AuthorizeAsync(null);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.GetAsync("core/applications/grafana/"))["provider"].ShouldBeNull();
        var next = await site.CreateAsync("providers/oauth2/", await TestApp.BodyAsync(site));
        next["pk"]!.GetValue<long>().ShouldBeGreaterThan(app.Pk);
    }

    [Theory]
    [InlineData("rsa", "RS256")]
    [InlineData("ecdsa", "ES256")]
    [InlineData(null, "HS256")]
    public async Task The_kind_of_the_signing_key_chooses_the_algorithm(string? kind, string algorithm)
    {
        await using var site = await ProviderSite.StartAsync();
        var key = kind is null ? null : await AddKeyAsync(site, kind);
        var app = await TestApp.RegisterAsync(site, body => body["signing_key"] = key);
        var cookie = await site.SignInAsync(ProviderSite.Admin);

        var tokens = await app.TokensAsync(cookie);

        TestApp.Header(tokens)["alg"]!.GetValue<string>().ShouldBe(algorithm);
        using var jwks = await site.SendAsync(HttpMethod.Get, "/application/o/grafana/jwks/");
        var keys = JsonNode.Parse(await jwks.Content.ReadAsStringAsync(ProviderSite.Ct))!["keys"]!.AsArray();
        keys.Select(k => k!["kid"]!.GetValue<string>()).ShouldBe(kind is null ? [] : [TestApp.Header(tokens)["kid"]!.GetValue<string>()]);
        (await app.UserInfoAsync(tokens)).Status.ShouldBe(HttpStatusCode.OK);
    }

    internal static async Task<string> AddKeyAsync(ProviderSite site, string kind)
    {
        var now = site.Time.GetUtcNow();
        var pair = KeyPairGenerator.Generate(site.Services.GetRequiredService<Vault>(), kind, "cn", [], 30, kind, now);
        await site.Store.WriteAsync(async db =>
        {
            await KeyPairs.InsertAsync(db, pair, now);
            return true;
        }, ProviderSite.Ct);
        return pair.KpUuid.ToString();
    }

    private static async Task<List<string>> NamesAsync(ProviderSite site, string path) =>
        [.. (await site.GetAsync(path))["results"]!.AsArray().Select(p => p!["name"]!.GetValue<string>())];

    [Fact]
    public async Task A_certificate_that_signs_cannot_be_deleted()
    {
        await using var site = await ProviderSite.StartAsync();
        var (status, key) = await site.ApiAsync(HttpMethod.Post, "crypto/certificatekeypairs/generate/", new JsonObject { ["common_name"] = "signer", ["validity_days"] = 30, ["alg"] = "rsa" });
        status.ShouldBe(HttpStatusCode.OK, key?.ToJsonString());
        var app = await TestApp.RegisterAsync(site, body => body["signing_key"] = key!["pk"]!.GetValue<string>());
        var path = $"crypto/certificatekeypairs/{key!["pk"]}/";

        (await site.GetAsync(path + "used_by/")).AsArray().Single()!["name"]!.GetValue<string>().ShouldBe("grafana-oidc");
        var (refused, why) = await site.ApiAsync(HttpMethod.Delete, path);
        await site.PatchAsync($"providers/oauth2/{app.Pk}/", new JsonObject { ["signing_key"] = null });
        var (gone, _) = await site.ApiAsync(HttpMethod.Delete, path);

        refused.ShouldBe(HttpStatusCode.BadRequest);
        why!["non_field_errors"]![0]!.GetValue<string>().ShouldBe("“signer” is still needed by “grafana-oidc”. Change that first.");
        gone.ShouldBe(HttpStatusCode.NoContent);
    }
}
