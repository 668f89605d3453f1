using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Bench.Flows;

namespace Hearthkey.Bench.Native;

/// <summary>Sets up an application for code flows through the REST API, as an admin's script would.</summary>
internal sealed class Administration : IDisposable
{
    private readonly HttpClient _client;
    private readonly NativeServer _server;

    public Administration(NativeServer server)
    {
        _server = server;
        _client = new HttpClient { BaseAddress = new Uri(server.Url, "/api/v3/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", NativeServer.Token);
    }

    /// <summary>A confidential client with an application, whose tokens are signed with this algorithm.</summary>
    public async Task<FlowTarget> AddClientAsync(string algorithm)
    {
        var mappings = new JsonArray();
        foreach (var scope in (string[])["openid", "profile", "email"])
            mappings.Add((JsonNode)await FirstAsync($"propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-{scope}"));
        var name = "bench-" + algorithm.ToLowerInvariant();
        var provider = await SendAsync("providers/oauth2/", new()
        {
            ["name"] = name,
            ["authorization_flow"] = await FirstAsync("flows/instances/?slug=default-provider-authorization-implicit-consent"),
            ["invalidation_flow"] = await FirstAsync("flows/instances/?slug=default-provider-invalidation-flow"),
            ["client_type"] = "confidential",
            ["redirect_uris"] = new JsonArray(new JsonObject { ["matching_mode"] = "strict", ["url"] = FlowTarget.RedirectUri }),
            ["property_mappings"] = mappings,
            ["signing_key"] = await KeyAsync(algorithm),
        });
        await SendAsync("core/applications/", new() { ["name"] = name, ["slug"] = name, ["provider"] = provider.GetProperty("pk").GetInt64() });
        return new FlowTarget(
            new Uri(_server.Url, "/application/o/authorize/").ToString(), new Uri(_server.Url, "/application/o/token/").ToString(),
            provider.GetProperty("client_id").GetString()!, provider.GetProperty("client_secret").GetString()!, algorithm, []);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> KeyAsync(string algorithm)
    {
        var pair = await SendAsync("crypto/certificatekeypairs/generate/", new()
        {
            ["common_name"] = "bench " + algorithm,
            ["validity_days"] = 365,
            ["alg"] = algorithm == "ES256" ? "ecdsa" : "rsa",
        });
        return pair.GetProperty("pk").GetString()!;
    }

    private async Task<string> FirstAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        var results = JsonElement.Parse(text).GetProperty("results");
        return results.GetArrayLength() > 0 ? results[0].GetProperty("pk").GetString()! : throw new InvalidOperationException($"{path}: nothing found");
    }

    private async Task<JsonElement> SendAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
