using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary><c>providers/proxy</c> and <c>outposts/instances</c> by the generated client; every answer is held against the API description.</summary>
public sealed class ProxyProvidersTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_proxy_provider_lives_from_its_creation_to_its_end()
    {
        var request = await RequestAsync("life", "http://life.home.test");
        var made = await DoneAsync("providersApi.providersProxyCreate", new { proxyProviderRequest = request }, 201);
        var id = made["pk"]!.GetValue<int>();

        (await DoneAsync("providersApi.providersProxyRetrieve", new { id }))["client_id"]!.ToString().ShouldBe(made["client_id"]!.ToString());
        (await DoneAsync("providersApi.providersProxyPartialUpdate", new { id, patchedProxyProviderRequest = new { skipPathRegex = "^/health" } }))
            ["skip_path_regex"]!.ToString().ShouldBe("^/health");
        request["accessTokenValidity"] = "hours=8";
        (await DoneAsync("providersApi.providersProxyUpdate", new { id, proxyProviderRequest = request }))["access_token_validity"]!.ToString().ShouldBe("hours=8");
        (await NamesAsync("providersApi.providersProxyList", new { search = "life", ordering = "-name" })).ShouldBe(["life"]);
        (await NamesAsync("providersApi.providersProxyList", new { externalHostIexact = "HTTP://life.home.test" })).ShouldBe(["life"]);
        (await NamesAsync("providersApi.providersProxyList", new { internalHostIexact = "x" })).ShouldBeEmpty();
        (await NamesAsync("providersApi.providersAllList", new { search = "life" })).ShouldBe(["life"]);

        var outpost = (await house.Api.CallAsync("outpostsApi.outpostsInstancesList", new { managedIexact = "goauthentik.io/outposts/embedded" })).ShouldBe(200).Results[0]!;
        var uuid = outpost["pk"]!.ToString();
        await DoneAsync("outpostsApi.outpostsInstancesPartialUpdate", new { uuid, patchedOutpostRequest = new { providers = (int[])[id] } });
        (await DoneAsync("providersApi.providersProxyRetrieve", new { id }))["outpost_set"]!.AsArray().Count.ShouldBe(1);
        (await DoneAsync("providersApi.providersProxyUsedByList", new { id }))[0]!["action"]!.ToString().ShouldBe("cascade_many");

        (await house.Api.CallAsync("providersApi.providersProxyDestroy", new { id })).ShouldBe(204);
        (await house.Api.CallAsync("providersApi.providersProxyRetrieve", new { id })).ShouldBe(404);
        (await DoneAsync("outpostsApi.outpostsInstancesRetrieve", new { uuid }))["providers"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_embedded_outpost_is_read_and_written()
    {
        var outpost = (await house.Api.CallAsync("outpostsApi.outpostsInstancesList", new { managedIexact = "goauthentik.io/outposts/embedded" })).ShouldBe(200).Results.Single()!;
        var uuid = outpost["pk"]!.ToString();
        var config = await DoneAsync("outpostsApi.outpostsInstancesDefaultSettingsRetrieve", new { });

        await DoneAsync("outpostsApi.outpostsInstancesUpdate", new
        {
            uuid,
            outpostRequest = new { name = "front door", type = "proxy", providers = Array.Empty<int>(), config = config["config"] },
        });
        (await DoneAsync("outpostsApi.outpostsInstancesHealthList", new { uuid })).AsArray().Count.ShouldBe(1);
        await DoneAsync("outpostsApi.outpostsInstancesUsedByList", new { uuid });
        (await house.Api.CallAsync("outpostsApi.outpostsInstancesDestroy", new { uuid })).ShouldBe(400);
        (await house.Api.CallAsync("outpostsApi.outpostsInstancesCreate", new
        {
            outpostRequest = new { name = "remote", type = "proxy", providers = Array.Empty<int>(), config = new { } },
        })).ShouldBe(400).Text.ShouldContain("not built yet");
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        foreach (var (field, wire, value) in new (string, string, JsonNode)[]
        {
            ("externalHost", "external_host", "home.test/path"), ("mode", "internal_host", "proxy"), ("skipPathRegex", "skip_path_regex", "("),
            ("cookieDomain", "cookie_domain", "home.test"), ("basicAuthEnabled", "basic_auth_user_attribute", true), ("internalHost", "internal_host", "10.0.0.1:80"),
        })
        {
            var request = await RequestAsync("wrong", "http://wrong.home.test");
            request[field] = value;
            (await house.Api.CallAsync("providersApi.providersProxyCreate", new { proxyProviderRequest = request })).ShouldBe(400).Body![wire]![0]!.GetValue<string>().ShouldNotBeEmpty();
        }
    }

    private async Task<JsonObject> RequestAsync(string name, string externalHost) => new()
    {
        ["name"] = name,
        ["authorizationFlow"] = await FlowAsync("default-provider-authorization-implicit-consent"),
        ["invalidationFlow"] = await FlowAsync("default-provider-invalidation-flow"),
        ["externalHost"] = externalHost,
        ["mode"] = "forward_single",
    };

    private async Task<string> FlowAsync(string slug) => (await DoneAsync("flowsApi.flowsInstancesRetrieve", new { slug }))["pk"]!.ToString();

    private async Task<JsonNode> DoneAsync(string call, object arguments, int status = 200) => (await house.Api.CallAsync(call, arguments)).ShouldBe(status).Body!;

    private async Task<List<string>> NamesAsync(string call, object arguments) =>
        [.. (await house.Api.CallAsync(call, arguments)).ShouldBe(200).Results.Select(row => row!["name"]!.ToString())];
}
