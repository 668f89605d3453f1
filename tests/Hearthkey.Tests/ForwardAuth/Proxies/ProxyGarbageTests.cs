namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>T05, T06, T07, T08, T14 through the real proxies: what cannot be read opens nothing, what leads elsewhere is not followed, and without the server nobody passes.</summary>
public sealed class ProxyGarbageTests
{
    private static readonly string[] _odd =
    [
        "X-Forwarded-For: a", "X-Forwarded-For: unknown", "X-Forwarded-For: fe80::1%eth0", "X-Forwarded-For: " + string.Join(", ", Enumerable.Repeat("192.0.2.1", 300)), "X-Real-IP: \"",
        "Forwarded: for=;;", "User-Agent: GoogleHC/1.0", "User-Agent: kube-probe/1.30", "User-Agent: ELB-HealthChecker/2.0", "X-Forwarded-Proto: x y", "Authorization: Basic !!!", "Authorization: Bearer",
    ];

    private static readonly string[] _elsewhere =
    [
        "https://evil.test/", "//evil.test/", @"/\evil.test/", @"/\t/evil.test", "/%09/evil.test", "https:evil.test", "http:///evil.test", "http://wiki.home.test@evil.test/",
        "http://wiki.home.test.evil.test/", "http://evilwiki.home.test/", "javascript:alert(1)", "data:text/html,x", "http://wiki.home.test:1/", "\u3031evil.test", "/x\r\nLocation: https://evil.test/",
    ];

    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task Nothing_odd_opens_a_door_leads_elsewhere_or_passes_while_the_server_is_away(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        foreach (var header in _odd) await ShouldBeClosedAsync(lab, header);
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        var cookie = lab.Cookie(lab.Wiki).Split("; ").Single(c => !c.Contains("_login", StringComparison.Ordinal)).Split('=', 2);
        foreach (var wrong in Wrong(cookie[0], cookie[1])) await ShouldBeClosedAsync(lab, "Cookie: " + wrong);
        foreach (var header in _odd.Where(h => !h.StartsWith("Authorization", StringComparison.Ordinal)))
        {
            using var known = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/secret", null, header);
            ((int)known.StatusCode).ShouldBeLessThan(500, header);
        }
        foreach (var rd in _elsewhere)
        {
            var (_, url, _) = await lab.VisitAsync(lab.Wiki, "/outpost.goauthentik.io/start?rd=" + Uri.EscapeDataString(rd), "Accept: text/html");
            url.Authority.ShouldBe(lab.Wiki, rd);
        }

        await lab.StopServerAsync();

        foreach (var host in new[] { lab.Wiki, lab.Files })
        {
            using var gone = await lab.SendAsync(HttpMethod.Get, host, "/health");
            ((int)gone.StatusCode).ShouldBeInRange(500, 599, host);
        }
    }

    private static async Task ShouldBeClosedAsync(ProxyLab lab, string header)
    {
        var answer = await lab.RawAsync($"GET /secret HTTP/1.1\r\nHost: {lab.Wiki}\r\n{header}\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (302|4..) ", header);
        answer.ShouldNotContain("wiki GET", customMessage: header);
    }

    private static IEnumerable<string> Wrong(string name, string value) =>
    [
        $"{name}={value[..^1]}", $"{name}={value[..8]}", $"{name}=", name, $"{name}={value}x", $"{name}={(value[0] == 'a' ? 'b' : 'a')}{value[1..]}", $"{name}=%00%ff", $"{name}=\"", $"{name}=e30.e30.",
        $"%61{name[1..]}={value}", $"X{name}={value}", $"{name}_0={value[..10]}; {name}_1={value[10..]}", string.Join("; ", Enumerable.Range(0, 50).Select(i => $"{name}_{i}={value}")),
        $"{name.ToUpperInvariant()}={value}",
    ];
}
