using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Support;

/// <summary>Makes applications that the embedded outpost protects, through the API of <c>akadmin</c>.</summary>
public static class Protecting
{
    /// <summary>A proxy provider, its application of the same name, and the outpost that serves it.</summary>
    /// <param name="api">A client of the API whose base address is the server's.</param>
    /// <param name="external">Any URL of the host that people open.</param>
    /// <param name="change">Sets further fields of the provider; without it, it is one for forward auth of a single application.</param>
    public static async Task<long> ProtectAsync(this HttpClient api, string name, Uri external, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["authorization_flow"] = await api.FirstAsync("flows/instances/?slug=default-provider-authorization-implicit-consent"),
            ["invalidation_flow"] = await api.FirstAsync("flows/instances/?slug=default-provider-invalidation-flow"),
            ["external_host"] = external.GetLeftPart(UriPartial.Authority),
            ["mode"] = "forward_single",
        };
        change?.Invoke(body);
        var provider = (await api.MakeAsync("providers/proxy/", body))["pk"]!.GetValue<long>();
        await api.MakeAsync("core/applications/", new JsonObject { ["name"] = name, ["slug"] = name, ["provider"] = provider });
        var outpost = (await api.GetFromJsonAsync<JsonObject>("/api/v3/outposts/instances/"))!["results"]![0]!;
        var served = new JsonArray([.. outpost["providers"]!.AsArray().Select(pk => (JsonNode)pk!.GetValue<long>()), provider]);
        using var answer = await api.PatchAsJsonAsync($"/api/v3/outposts/instances/{outpost["pk"]}/", new JsonObject { ["providers"] = served });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return provider;
    }

    /// <summary>The key of the first object of a list.</summary>
    public static async Task<string> FirstAsync(this HttpClient api, string path) =>
        (await api.GetFromJsonAsync<JsonObject>("/api/v3/" + path))!["results"]![0]!["pk"]!.GetValue<string>();

    public static async Task<JsonObject> MakeAsync(this HttpClient api, string path, JsonObject body)
    {
        using var answer = await api.PostAsJsonAsync("/api/v3/" + path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
