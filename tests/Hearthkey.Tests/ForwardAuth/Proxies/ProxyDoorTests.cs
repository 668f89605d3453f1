using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Checks are for proxies: through the real ones nobody outside can ask for one, read its answer, or make the server believe something of the proxy.</summary>
public sealed class ProxyDoorTests
{
    private static readonly string[] _checks =
    [
        "/auth/nginx", "/auth/traefik", "/auth/caddy", "/auth/envoy/x", "/auth/apache", "/auth", "/auth/envoy", "/auth/envoy/../../start", "/x/../auth/nginx",
        "/a%2fb/../auth/nginx", "/%61uth/caddy", "//auth/nginx", "/auth/nginx/.", "/./auth/traefik?X-authentik-nothing=true", "/AUTH/nginx", "/ping/../auth/caddy",
    ];

    /// <summary>The text, and how the page names the proxy.</summary>
    public static TheoryData<string, string> Proxies => new()
    {
        { "nginx", "nginx" }, { "npm", "nginx" }, { "nginx-short", "nginx" }, { "caddy", "Caddy" }, { "haproxy", "HAProxy" }, { "apache", "Apache" },
        { "traefik-file", "Traefik" }, { "envoy", "Envoy" },
    };

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Nobody_outside_is_answered_as_a_check_or_changes_what_is_known_of_the_proxy(string proxy, string name)
    {
        await using var lab = await ProxyLab.StartAsync(proxy, tellsMore: true);
        await lab.SignInAsync(attributes: """{"name":"svc","word":"secret"}""");
        var program = await ReaderAsync(lab);

        await ShouldBeShutAsync(lab, HttpMethod.Get, "Accept: text/html\r\n");
        await ShouldBeShutAsync(lab, HttpMethod.Head, "");
        lab.Site.Findings.LiveCheck(lab.WikiApp.Pk).State.ShouldBe(LiveCheckState.Waiting);
        await lab.OpenAsync(lab.Wiki, "/");
        await ShouldBeShutAsync(lab, HttpMethod.Get, $"Cookie: {lab.Cookie(lab.Wiki)}\r\n");

        (await GreenAsync(lab)).Proxy.ShouldBe(name);
        using var answer = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/api/x", null, "Authorization: " + program, "Cookie: none=1");
        (await answer.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldStartWith("wiki GET /api/x 0\n");
    }

    private static async Task ShouldBeShutAsync(ProxyLab lab, HttpMethod method, string headers)
    {
        var lies = $"X-Forwarded-Proto: http\r\nX-Forwarded-Host: {lab.Wiki}\r\nX-Forwarded-Uri: /\r\nX-Original-URL: http://{lab.Wiki}/\r\n";
        foreach (var path in _checks)
        {
            foreach (var lie in new[] { "", lies })
            {
                var answer = await lab.RawAsync($"{method} /outpost.goauthentik.io{path} HTTP/1.1\r\nHost: {lab.Wiki}\r\n{headers}{lie}Connection: close\r\n\r\n");
                answer.ShouldStartWith("HTTP/1.", customMessage: path);
                answer.ShouldNotStartWith("HTTP/1.1 200", customMessage: path);
                answer.ShouldNotContain("\nauthorization:", Case.Insensitive, path);
                answer.ShouldNotContain("x-authentik-username", Case.Insensitive, path);
            }
        }
    }

    // good for reading alone: refused for minutes after a check that does not say by which method
    private static async Task<string> ReaderAsync(ProxyLab lab)
    {
        var server = lab.Site.Server;
        var password = await server.AddAppPasswordAsync(await server.AddUserAsync("robot"), "reader");
        await server.PatchAsync("core/tokens/reader/", new JsonObject { ["limit_methods"] = new JsonArray("GET") });
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:" + password));
    }

    private static async Task<LiveCheck> GreenAsync(ProxyLab lab)
    {
        for (var i = 0; i < 200; i++)
        {
            var live = lab.Site.Findings.LiveCheck(lab.WikiApp.Pk);
            if (live.State == LiveCheckState.Green) return live;
            await Task.Delay(20, ProviderSite.Ct);
        }
        throw new InvalidOperationException("the line does not turn green");
    }
}
