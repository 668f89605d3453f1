using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Api;

/// <summary><c>providers/oauth2</c> and <c>providers/all</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class OAuth2ProvidersTests(ApiHouse house)
{
    private readonly ResourceSteps _providers = new(house.Api, "providersApi.providersOauth2", "id", "oAuth2ProviderRequest");

    [Fact]
    public async Task A_provider_lives_from_its_creation_to_its_end()
    {
        var flows = await FlowsAsync(house);
        var key = (await house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsList", new { managed = "goauthentik.io/crypto/jwt-managed" })).ShouldBe(200).Results[0]!["pk"]!.ToString();
        var mapping = (await house.Api.CallAsync("propertymappingsApi.propertymappingsProviderScopeList", new { scopeName = "openid" })).ShouldBe(200).Results[0]!["pk"]!.ToString();
        var redirectUris = new[] { new { matchingMode = "strict", url = "https://life.home.test/callback" } };
        var request = With(flows, new { name = "oauth-life", clientType = "confidential", signingKey = key, redirectUris, propertyMappings = new[] { mapping }, subMode = "user_email", issuerMode = "global" });

        var made = (await _providers.CreateAsync(request)).ShouldBe(201).Body!;
        var pk = made["pk"]!.GetValue<long>();
        made["client_id"]!.ToString().Length.ShouldBe(40);
        made["client_secret"]!.ToString().Length.ShouldBe(128);
        (await _providers.RetrieveAsync(pk)).ShouldBe(200).Body!["redirect_uris"]![0]!["url"]!.ToString().ShouldBe("https://life.home.test/callback");
        (await _providers.PatchAsync(pk, new { accessTokenValidity = "minutes=5", clientType = "public" })).ShouldBe(200).Body!["access_token_validity"]!.ToString().ShouldBe("minutes=5");
        (await _providers.PutAsync(pk, With(flows, new { name = "oauth-life-2", redirectUris }))).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("oauth-life-2");
        (await house.Api.CallAsync("providersApi.providersOauth2SetupUrlsRetrieve", new { id = pk })).ShouldBe(200);
        (await house.Api.CallAsync("providersApi.providersOauth2PreviewUserRetrieve", new { id = pk })).ShouldBe(200);
        (await _providers.UsedByAsync(pk)).ShouldBe(200);
        (await house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsUsedByList", new { kpUuid = key })).ShouldBe(200).Body!.AsArray().ShouldNotBeEmpty();
        (await _providers.DeleteAsync(pk)).ShouldBe(204);
        (await _providers.RetrieveAsync(pk)).ShouldBe(404);
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        foreach (var name in new[] { "oauth-list-a", "oauth-list-b" }) await AddAsync(house, name);

        (await _providers.NamesAsync("name", new { search = "OAUTH-LIST" })).ShouldBe(["oauth-list-a", "oauth-list-b"]);
        (await _providers.NamesAsync("name", new { search = "oauth-list", ordering = "-name" })).ShouldBe(["oauth-list-b", "oauth-list-a"]);
        (await _providers.NamesAsync("name", new { clientId = "id-oauth-list-b" })).ShouldBe(["oauth-list-b"]);
        (await _providers.NamesAsync("name", new { search = "oauth-list", clientType = "public" })).ShouldBeEmpty();
        (await _providers.NamesAsync("name", new { search = "oauth-list", issuerMode = "per_provider", subMode = "hashed_user_id" })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Providers_of_all_kinds_stand_in_one_list()
    {
        var pk = await AddAsync(house, "oauth-all");

        var found = (await house.Api.CallAsync("providersApi.providersAllList", new { search = "oauth-all", applicationIsnull = true })).ShouldBe(200).Results[0]!;
        found["component"]!.ToString().ShouldBe("ak-provider-oauth2-form");
        (await house.Api.CallAsync("providersApi.providersAllRetrieve", new { id = pk })).ShouldBe(200);
        (await house.Api.CallAsync("providersApi.providersAllUsedByList", new { id = pk })).ShouldBe(200);
        (await house.Api.CallAsync("providersApi.providersAllTypesList")).ShouldBe(200).Body!.AsArray().Count.ShouldBeGreaterThan(0);
        (await house.Api.CallAsync("providersApi.providersAllDestroy", new { id = pk })).ShouldBe(204);
        (await _providers.RetrieveAsync(pk)).ShouldBe(404);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        var flows = await FlowsAsync(house);
        await AddAsync(house, "oauth-taken");
        var none = Array.Empty<object>();
        const string nothing = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11";
        Task RefusesAsync(object more, string field) => _providers.RefusesAsync(With(flows, more), field);

        await RefusesAsync(new { redirectUris = none }, "name");
        await RefusesAsync(new { name = "odd", redirectUris = none, clientId = "id-oauth-taken" }, "client_id");
        await RefusesAsync(new { name = "odd", redirectUris = none, clientType = "secretive" }, "client_type");
        await RefusesAsync(new { name = "odd", redirectUris = none, accessTokenValidity = "soon" }, "access_token_validity");
        await RefusesAsync(new { name = "odd", redirectUris = none, signingKey = nothing }, "signing_key");
        await RefusesAsync(new { name = "odd", redirectUris = none, encryptionKey = nothing }, "encryption_key");
        await RefusesAsync(new { name = "odd", redirectUris = none, propertyMappings = new[] { nothing } }, "property_mappings");
        await RefusesAsync(new { name = "odd", redirectUris = new[] { new { matchingMode = "regex", url = "(" } } }, "redirect_uris");
        await RefusesAsync(new { name = "odd", redirectUris = none, grantTypes = new[] { "implicit" } }, "grant_types");
        await RefusesAsync(new { name = "odd", redirectUris = none, logoutUri = "https://x.test" }, "logout_uri");
        await RefusesAsync(new { name = "odd", redirectUris = none, authenticationFlow = flows.Invalidation }, "authentication_flow");
    }

    /// <summary>Makes a confidential client <c>id-NAME</c> and gives its key.</summary>
    internal static async Task<long> AddAsync(ApiHouse house, string name)
    {
        var request = With(await FlowsAsync(house), new { name, clientId = "id-" + name, redirectUris = Array.Empty<object>() });
        return (await house.Api.CallAsync("providersApi.providersOauth2Create", new { oAuth2ProviderRequest = request })).ShouldBe(201).Body!["pk"]!.GetValue<long>();
    }

    internal static async Task<(string Authorization, string Invalidation)> FlowsAsync(ApiHouse house) => (
        await FlowAsync(house, "default-provider-authorization-implicit-consent"), await FlowAsync(house, "default-provider-invalidation-flow"));

    /// <summary>A request with the two flows that every provider needs.</summary>
    internal static JsonObject With((string Authorization, string Invalidation) flows, object more)
    {
        var request = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        request["authorizationFlow"] = flows.Authorization;
        request["invalidationFlow"] = flows.Invalidation;
        return request;
    }

    private static async Task<string> FlowAsync(ApiHouse house, string slug) =>
        (await house.Api.CallAsync("flowsApi.flowsInstancesRetrieve", new { slug })).ShouldBe(200).Body!["pk"]!.ToString();
}
