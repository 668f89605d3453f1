using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Programs with app passwords, and what else applications are told, through the texts that the provider page prints, in the real proxies.</summary>
public sealed class ProxyProgramTests
{
    public static TheoryData<string> Proxies => ["nginx", "caddy", "haproxy", "apache", "traefik-file", "envoy"];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task A_program_comes_in_with_its_app_password_within_its_limits_until_it_is_deleted(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        var server = lab.Site.Server;
        var mara = await server.AddUserAsync("mara");
        var password = await server.AddAppPasswordAsync(mara);
        var (whole, part) = (Basic(password), Basic(await server.AddAppPasswordAsync(mara, "reader")));
        var wiki = (await server.GetAsync("core/applications/wiki/"))["pk"]!.GetValue<string>();
        await server.PatchAsync("core/tokens/reader/", new JsonObject { ["limit_application"] = wiki, ["limit_methods"] = new JsonArray("GET"), ["limit_paths"] = new JsonArray("/api/.*") });

        (await TextAsync(lab, HttpMethod.Put, lab.Files, "/photos/1.jpg?x=1", whole)).ShouldNotBeNull().ShouldContain("x-authentik-username: mara\n");
        (await TextAsync(lab, HttpMethod.Get, lab.Wiki, "/api/pages?x=1", part)).ShouldNotBeNull().ShouldStartWith("wiki GET /api/pages?x=1 0\n");
        foreach (var (method, host, path) in new[] { (HttpMethod.Post, lab.Wiki, "/api/pages"), (HttpMethod.Get, lab.Wiki, "/admin"), (HttpMethod.Get, lab.Files, "/api/pages") })
            (await TextAsync(lab, method, host, path, part)).ShouldBeNull($"{method} {host} {path}");
        (await TextAsync(lab, HttpMethod.Post, lab.Wiki, "/api/pages", part, "X-Original-Method: GET")).ShouldBeNull("what a client says of its method is not what it asks by");
        (await TextAsync(lab, HttpMethod.Get, lab.Wiki, "/", Basic("wrong"))).ShouldBeNull();

        var bearer = "Bearer " + await TokenAsync(lab, password);
        (await TextAsync(lab, HttpMethod.Get, lab.Wiki, "/", bearer)).ShouldNotBeNull().ShouldContain("x-authentik-username: mara\n");
        (await TextAsync(lab, HttpMethod.Get, lab.Files, "/", bearer)).ShouldBeNull("it is the wiki's");
        (await TextAsync(lab, HttpMethod.Get, lab.Wiki, "/", bearer + "x")).ShouldBeNull();

        await server.ApiAsync(HttpMethod.Delete, "core/tokens/phone/");
        (await TextAsync(lab, HttpMethod.Get, lab.Wiki, "/", bearer)).ShouldBeNull();
        (await TextAsync(lab, HttpMethod.Get, lab.Files, "/", whole)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(ProxyTextTests.Everywhere), MemberType = typeof(ProxyTextTests))]
    public async Task An_application_is_told_by_other_names_and_logged_in_by_Basic_and_nobody_else_can(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy, tellsMore: true);
        string[] madeUp = ["Remote-User: root", "Remote_User: root", "remote-groups: admins", "remote_groups: admins", "Remote-Email: root@home.test", "Connection: Remote-User, remote-email"];
        await lab.SignInAsync(attributes: """{"name":"svc","word":"secret"}""");
        await lab.OpenAsync(lab.Wiki, "/");
        madeUp = await ProxyTextTests.WithoutRefusedAsync(lab, proxy, madeUp);

        var page = await lab.OpenAsync(lab.Wiki, "/", [.. madeUp, "Authorization: Basic b3duOm93bg=="]);
        var open = await lab.OpenAsync(lab.Files, "/health", madeUp);

        page.ShouldContain("remote-user: mara\n");
        page.ShouldContain("remote-email: mara@home.test\n");
        page.ShouldContain("authorization: Basic c3ZjOnNlY3JldA==\n");
        foreach (var text in new[] { page, open })
        {
            text.ShouldNotContain("root");
            text.ShouldNotContain("admins");
        }
    }

    /// <summary>What the application says; null where the request did not reach it.</summary>
    private static async Task<string?> TextAsync(ProxyLab lab, HttpMethod method, string host, string path, string authorization, params string[] more)
    {
        using var content = method == HttpMethod.Get ? null : new ByteArrayContent(new byte[10]);
        using var response = await lab.SendAsync(method, host, path, content, ["Authorization: " + authorization, .. more]);
        var text = await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        if (response.StatusCode == HttpStatusCode.OK) return text;
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
        return null;
    }

    private static async Task<string> TokenAsync(ProxyLab lab, string password)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = lab.WikiApp.ClientId, ["username"] = "mara", ["password"] = password, ["scope"] = "openid" };
        using var answer = await lab.Site.Server.SendAsync(HttpMethod.Post, "/application/o/token/", new FormUrlEncodedContent(form));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ProviderSite.Ct))!["access_token"]!.GetValue<string>();
    }

    private static string Basic(string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("mara:" + password));
}
