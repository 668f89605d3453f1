using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>What one node does is in force at the other within five seconds.</summary>
public sealed class TwoNodesTests(TwoNodes house) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_sign_out_on_one_node_is_in_force_at_the_other()
    {
        using var person = await SignedIn.AtAsync(house.Server.Http, "akadmin", House.Password);
        (await person.IsKnownAtAsync(house.Server.Http)).ShouldBeTrue();
        (await person.IsKnownAtAsync(house.Other.Http)).ShouldBeTrue("a session made at one node is good at all");

        await person.SignOutAsync(house.Server.Http);

        await Wait.ForAsync("the other node to know", async () => !await person.IsKnownAtAsync(house.Other.Http), _soon);
    }

    [Fact]
    public async Task A_person_disabled_on_one_node_is_refused_at_the_other()
    {
        using var api = house.CreateApiClient();
        var pk = await CreatePersonAsync(api, "disabled-soon");
        using var person = await SignedIn.AtAsync(house.Other.Http, "disabled-soon", "a good long password");
        (await person.IsKnownAtAsync(house.Other.Http)).ShouldBeTrue();

        (await api.PatchAsJsonAsync($"/api/v3/core/users/{pk}/", new { is_active = false })).EnsureSuccessStatusCode();

        await Wait.ForAsync("the other node to know", async () => !await person.IsKnownAtAsync(house.Other.Http), _soon);
    }

    [Fact]
    public async Task A_provider_changed_on_one_node_is_changed_at_the_other()
    {
        using var api = house.CreateApiClient();
        var flow = await FirstAsync(api, "/api/v3/flows/instances/?slug=default-provider-authorization-implicit-consent", "pk");
        var invalidation = await FirstAsync(api, "/api/v3/flows/instances/?slug=default-provider-invalidation-flow", "pk");
        var created = await api.PostAsJsonAsync("/api/v3/providers/oauth2/", new
        {
            name = "two-nodes",
            authorization_flow = flow,
            invalidation_flow = invalidation,
            client_id = "two-nodes",
            redirect_uris = new[] { new { matching_mode = "strict", url = "https://app.test/first" } },
        });
        var pk = (await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.GetValue<long>();
        await api.PostAsJsonAsync("/api/v3/core/applications/", new { name = "Two nodes", slug = "two-nodes", provider = pk });
        using var client = house.CreateClient();
        var ask = new Uri(house.Other.Http, "/application/o/authorize/?client_id=two-nodes&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fapp.test%2Fsecond");
        await Wait.ForAsync("the provider to be known", async () => (int)(await client.GetAsync(ask)).StatusCode == 400, _soon);

        (await api.PatchAsJsonAsync($"/api/v3/providers/oauth2/{pk}/", new
        {
            redirect_uris = new[] { new { matching_mode = "strict", url = "https://app.test/second" } },
        })).EnsureSuccessStatusCode();

        await Wait.ForAsync("the other node to know", async () => (int)(await client.GetAsync(ask)).StatusCode is 302 or 303, _soon);
    }

    private static async Task<long> CreatePersonAsync(HttpClient api, string username)
    {
        var created = await api.PostAsJsonAsync("/api/v3/core/users/", new { username, name = username, is_active = true });
        var pk = (await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.GetValue<long>();
        (await api.PostAsJsonAsync($"/api/v3/core/users/{pk}/set_password/", new { password = "a good long password" })).EnsureSuccessStatusCode();
        return pk;
    }

    private static async Task<string> FirstAsync(HttpClient api, string path, string member) =>
        (await api.GetFromJsonAsync<JsonObject>(path))!["results"]![0]![member]!.GetValue<string>();
}
