using System.Net;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>T04, T08, T12, T58, T59, T60 through the real proxies: a session for the wiki never shows a word of the files.</summary>
public sealed class ProxyAttackTests
{
    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task Headers_that_name_the_other_application_open_nothing(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        var cookie = "Cookie: " + lab.Cookie(lab.Wiki);
        string[] forged =
        [
            $"X-Forwarded-Host: {lab.Wiki}", "X-Forwarded-Uri: /health", "X-Forwarded-Proto: https", $"X-Original-URL: http://{lab.Wiki}/",
            $"X-Original-URL: http://{lab.Files}/health", "X-Original-URI: /health", $"Forwarded: host={lab.Wiki};proto=http", $"X-Original-Host: {lab.Wiki}",
            $"X-Hearthkey-Host: wiki.home.test", "X-Rewrite-URL: /health", "X-Forwarded-Prefix: /health", "X-Forwarded-Method: OPTIONS",
            "X-Forwarded-For: 127.0.0.1", "X_Forwarded_Host: " + lab.Wiki, "X_Original_URL: http://" + lab.Wiki + "/", "Connection: X-Original-URL, X-Forwarded-Host",
        ];

        foreach (var header in forged)
        {
            using var response = await lab.SendAsync(HttpMethod.Get, lab.Files, "/secret", null, header, cookie);
            response.StatusCode.ShouldNotBe(HttpStatusCode.OK, header);
            (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldNotContain("files GET", customMessage: header);
        }
        using var all = await lab.SendAsync(HttpMethod.Get, lab.Files, "/secret", null, [cookie, .. forged]);
        all.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task Request_lines_and_hosts_that_disagree_open_nothing(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        var cookie = lab.Cookie(lab.Wiki);
        string[] starts =
        [
            $"GET http://{lab.Wiki}/secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET http://{lab.Files}/secret HTTP/1.1\r\nHost: {lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Wiki}\r\nHost: {lab.Files}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Files}\r\nHost: {lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Files}\r\n Host: {lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Files},{lab.Wiki}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: {lab.Wiki}@{lab.Files}\r\n",
            $"GET /secret HTTP/1.1\r\nHost: FILES.home.test.:{lab.Port}\r\n",
            $"GET //{lab.Files}/secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health/../secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health/..%2fsecret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health/%2e%2e/secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health%2f..%2fsecret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health\\..\\secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /health/;/../../secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /secret?/health HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /secret#/health HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /outpost.goauthentik.io/../secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /outpost.goauthentik.io/%2e%2e/secret HTTP/1.1\r\nHost: {lab.Files}\r\n",
            $"GET /secret HTTP/1.0\r\n",
        ];

        foreach (var start in starts)
        {
            var answer = await lab.RawAsync($"{start}Cookie: {cookie}\r\nConnection: close\r\n\r\n");
            answer.ShouldNotContain("files GET", customMessage: start);
        }
    }
}
