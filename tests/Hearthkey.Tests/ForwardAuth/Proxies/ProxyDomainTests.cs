using System.Net;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>Whole domains behind the real proxies: one sign-in opens hosts under two roots by redirects, and one sign-out closes them all.</summary>
public sealed class ProxyDomainTests
{
    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    [InlineData("traefik-file")]
    [InlineData("envoy")]
    public async Task One_sign_in_opens_every_root_and_one_sign_out_closes_all(string proxy)
    {
        await using var lab = await ProxyLab.StartDomainsAsync(proxy);
        await lab.SignInAsync();

        foreach (var (host, app) in new[] { (lab.Wiki, "wiki"), (lab.Files, "files"), (lab.Notes, "notes") })
        {
            (await lab.OpenAsync(host, "/deep?x=1&y=2")).ShouldStartWith($"{app} GET /deep?x=1&y=2 0\n");
            lab.Cookie(host).ShouldNotBeEmpty();
        }
        using var end = await lab.SendAsync(HttpMethod.Get, lab.Files, "/outpost.goauthentik.io/sign_out");
        end.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var host in new[] { lab.Wiki, lab.Files, lab.Notes })
        {
            using var response = await lab.SendAsync(HttpMethod.Get, host, "/");
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, host);
        }
    }

    [Theory]
    [MemberData(nameof(ProxyTextTests.Proxies), MemberType = typeof(ProxyTextTests))]
    public async Task Ending_the_sign_in_at_the_server_ends_it_everywhere(string proxy)
    {
        await using var lab = await ProxyLab.StartDomainsAsync(proxy);
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        await lab.OpenAsync(lab.Notes, "/");

        await lab.EndSignInAsync();

        foreach (var host in new[] { lab.Wiki, lab.Notes })
        {
            using var response = await lab.SendAsync(HttpMethod.Get, host, "/");
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, host);
        }
    }
}
