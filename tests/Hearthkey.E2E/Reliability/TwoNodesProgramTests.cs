using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>What opens an application to a program, or a host to everybody, ends on every node. With a base URL, which the other tests of two nodes do without.</summary>
public sealed class TwoNodesProgramTests(TwoNodes house) : IClassFixture<TwoNodes>
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_app_password_deleted_on_one_node_opens_nothing_at_the_other()
    {
        using var api = house.CreateApiClient();
        var created = await api.PostAsJsonAsync("/api/v3/core/users/", new { username = "with-a-phone", name = "with-a-phone" });
        var pk = (await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.GetValue<long>();
        await ProtectAsync(api, "two-nodes-app", "http://two-nodes.test", "forward_single");
        (await api.PostAsJsonAsync("/api/v3/core/tokens/", new { identifier = "phone", intent = "app_password", user = pk })).EnsureSuccessStatusCode();
        var key = (await api.GetFromJsonAsync<JsonObject>("/api/v3/core/tokens/phone/view_key/"))!["key"]!.GetValue<string>();
        using var client = house.CreateClient();
        await Wait.ForAsync("both nodes to know the application", async () => await OpensAsync(house.Server.Http) && await OpensAsync(house.Other.Http), TimeSpan.FromSeconds(10));

        (await api.DeleteAsync(new Uri("/api/v3/core/tokens/phone/", UriKind.Relative))).EnsureSuccessStatusCode();

        (await OpensAsync(house.Server.Http)).ShouldBeFalse();
        await Wait.ForAsync("the other node to know", async () => !await OpensAsync(house.Other.Http), _soon);

        async Task<bool> OpensAsync(Uri node)
        {
            using var check = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/outpost.goauthentik.io/auth/nginx"));
            check.Headers.Add("X-Original-URL", "http://two-nodes.test/");
            check.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("with-a-phone:" + key)));
            using var answer = await client.SendAsync(check);
            return answer.IsSuccessStatusCode;
        }
    }

    [Fact]
    public async Task A_rule_of_a_host_that_is_changed_on_one_node_is_in_force_at_the_other()
    {
        using var api = house.CreateApiClient();
        var provider = await ProtectAsync(api, "two-nodes-home", "http://auth.two-nodes-home.test", "forward_domain");
        using var client = house.CreateClient();
        await Wait.ForAsync("the other node to know the domain", async () => await StatusAsync(house.Other.Http) == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(10));

        var made = await api.PostAsJsonAsync("/api/v3/providers/proxy_hosts/", new { provider, host = "status.two-nodes-home.test", open = true });
        var host = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.GetValue<string>();

        (await StatusAsync(house.Server.Http)).ShouldBe(HttpStatusCode.OK);
        await Wait.ForAsync("the other node to open it", async () => await StatusAsync(house.Other.Http) == HttpStatusCode.OK, _soon);
        (await api.PatchAsJsonAsync($"/api/v3/providers/proxy_hosts/{host}/", new { open = false })).EnsureSuccessStatusCode();
        (await StatusAsync(house.Server.Http)).ShouldBe(HttpStatusCode.Unauthorized);
        await Wait.ForAsync("the other node to shut it", async () => await StatusAsync(house.Other.Http) == HttpStatusCode.Unauthorized, _soon);

        async Task<HttpStatusCode> StatusAsync(Uri node)
        {
            using var check = new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/outpost.goauthentik.io/auth/nginx"));
            check.Headers.Add("X-Original-URL", "http://status.two-nodes-home.test/");
            using var answer = await client.SendAsync(check);
            return answer.StatusCode;
        }
    }

    private async Task<long> ProtectAsync(HttpClient api, string name, string host, string mode)
    {
        (await api.PatchAsJsonAsync("/api/v3/admin/settings/", new { base_url = house.Server.Http.GetLeftPart(UriPartial.Authority) })).EnsureSuccessStatusCode();
        return await api.ProtectAsync(name, new(host), body => body["mode"] = mode);
    }
}
