using System.Net;
using System.Text.Json.Nodes;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Hosts with rules of their own behind the real proxies: mara may open the wiki, and the files only once she is let in there.</summary>
public sealed class ProxyHostTests
{
    private const string Page = "Accept: text/html";

    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task One_host_opens_another_shows_the_page_until_a_binding_is_added(string proxy)
    {
        await using var lab = await ProxyLab.StartDomainsAsync(proxy);
        var files = await AddAsync(lab, "files.home.test");
        await BindAsync(lab, files, "group", await lab.Site.Server.AddGroupAsync("staff"));
        await lab.SignInAsync();

        (await lab.OpenAsync(lab.Wiki, "/deep?x=1", Page)).ShouldStartWith("wiki GET /deep?x=1 0\n");
        // through the login, and again as somebody who is known
        for (var i = 0; i < 2; i++)
        {
            var (status, _, html) = await lab.VisitAsync(lab.Files, "/secret", Page);
            status.ShouldBe(HttpStatusCode.Forbidden);
            var text = WebUtility.HtmlDecode(html);
            text.ShouldContain("You have no access to files.home.test");
            text.ShouldContain("ask an administrator");
        }
        using var script = await lab.SendAsync(HttpMethod.Get, lab.Files, "/api", null, "Sec-Fetch-Mode: cors");
        script.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var mara = (await lab.Site.Server.GetAsync("core/users/?username=mara"))["results"]![0]!["pk"]!.GetValue<long>();
        await BindAsync(lab, files, "user", mara);

        (await lab.OpenAsync(lab.Files, "/secret", Page)).ShouldStartWith("files GET /secret 0\n");
    }

    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task No_other_way_of_naming_a_host_gets_past_its_rule(string proxy)
    {
        await using var lab = await ProxyLab.StartDomainsAsync(proxy);
        await BindAsync(lab, await AddAsync(lab, "*.home.test"), "group", await lab.Site.Server.AddGroupAsync("staff"));
        await AddAsync(lab, "wiki.home.test", body => (body["open"], body["skip_path_regex"]) = (true, "^/"));
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Notes, "/");
        (await lab.VisitAsync(lab.Files, "/secret", Page)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await lab.OpenAsync(lab.Wiki, "/")).ShouldStartWith("wiki GET /");
        var cookie = $"{lab.Cookie(lab.Files)}; {lab.Cookie(lab.Notes)}";
        string[] forged =
        [
            $"X-Forwarded-Host: {lab.Wiki}", $"X-Original-URL: http://{lab.Wiki}/", $"Forwarded: host={lab.Wiki};proto=http", $"X-Original-Host: {lab.Wiki}",
            "X-Hearthkey-Host: wiki.home.test", "X_Forwarded_Host: " + lab.Wiki, "X_Original_URL: http://" + lab.Wiki + "/", $"X-Host: {lab.Wiki}",
        ];
        string[] starts =
        [
            $"GET http://{lab.Wiki}/secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET http://{lab.Files}/secret HTTP/1.1\r\nHost: {lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Wiki}\r\nHost: {lab.Files}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Files}\r\nHost: {lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Files},{lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Wiki}@{lab.Files}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: FILES.home.test:{lab.Port}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: files.home.test.:{lab.Port}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: files.home.test\r\n",
            .. forged.Select(header => $"GET /secret HTTP/1.1\r\nHost: {lab.Files}\r\n{header}\r\n"),
        ];

        foreach (var start in starts)
        {
            var answer = await lab.RawAsync($"{start}Cookie: {cookie}\r\nConnection: close\r\n\r\n");
            answer.ShouldNotContain("files GET", customMessage: start);
        }
    }

    private static async Task<string> AddAsync(ProxyLab lab, string host, Action<JsonObject>? change = null)
    {
        var home = (await lab.Site.Server.GetAsync("providers/proxy/?search=home"))["results"]![0]!["pk"]!.GetValue<long>();
        return (await lab.Site.Server.CreateAsync("providers/proxy_hosts/", ProxyHostsTests.Body(new(home, "", ""), host, change)))["pk"]!.GetValue<string>();
    }

    private static Task<JsonNode> BindAsync(ProxyLab lab, string host, string kind, JsonNode whom) =>
        lab.Site.Server.CreateAsync("policies/bindings/", new JsonObject { ["target"] = host, [kind] = whom, ["order"] = 0 });
}
