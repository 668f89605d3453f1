using System.Net;
using System.Text.Json.Nodes;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Who may open an application, and which of its paths are everybody's, through the proxies.</summary>
public sealed class ProxyAccessTests
{
    public static TheoryData<string> Proxies => ["nginx", "caddy", "haproxy", "apache", "traefik-file", "envoy"];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Somebody_whom_a_policy_keeps_out_sees_the_page_that_says_so_and_those_paths_that_are_open(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        var otto = await lab.Site.Server.AddUserAsync("otto");
        await lab.Site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = lab.WikiApp.PbmUuid, ["user"] = otto, ["order"] = 0 });
        await lab.SignInAsync();

        var (status, url, text) = await lab.VisitAsync(lab.Wiki, "/page", "Accept: text/html");

        status.ShouldBe(HttpStatusCode.Forbidden);
        url.Host.ShouldBe("id.test");
        text.ShouldNotContain("wiki GET");
        (await lab.OpenAsync(lab.Files, "/")).ShouldStartWith("files GET / 0\n");
        await lab.Site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = (await lab.Site.Server.GetAsync("core/applications/files/"))["pbm_uuid"]!.GetValue<string>(), ["user"] = otto, ["order"] = 0 });
        (await lab.VisitAsync(lab.Files, "/", "Accept: text/html")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Open_paths_are_open_to_everybody_and_tell_of_nobody_until_there_is_somebody(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);

        foreach (var path in new[] { "/health", "/health/deep?x=1&y=%20", "/healthy" })
        {
            using var open = await lab.SendAsync(HttpMethod.Get, lab.Files, path, null, "Authorization: Bearer of-the-app");
            var text = await open.Content.ReadAsStringAsync(ProviderSite.Ct);
            text.ShouldStartWith($"files GET {path} 0\n");
            text.ShouldContain("authorization: Bearer of-the-app\n");
            text.ShouldNotMatch(@"x-authentik-username: \S");
        }
        using var content = new ByteArrayContent(new byte[1000]);
        using var posted = await lab.SendAsync(HttpMethod.Post, lab.Files, "/health", content);
        (await posted.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldStartWith("files POST /health 1000\n");
        foreach (var path in new[] { "/", "/healt", "/Health", "/x/health", "/x?/health", "/%2Fhealth" })
        {
            using var closed = await lab.SendAsync(HttpMethod.Get, lab.Files, path);
            (await closed.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldNotContain("files GET", customMessage: path);
        }
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Files, "/");
        (await lab.OpenAsync(lab.Files, "/health")).ShouldContain("x-authentik-username: mara\n");
    }
}
