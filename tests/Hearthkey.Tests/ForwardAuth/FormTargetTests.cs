using System.Net;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>DESIGN 6.6 for apps behind a proxy: one login opens a whole domain, and leads on to any host of it.</summary>
public sealed class FormTargetTests
{
    [Theory]
    [InlineData("forward_single", "; form-action 'self' http://auth.home.test")]
    [InlineData("forward_domain", "; form-action 'self' http://auth.home.test http://home.test:* http://*.home.test:* https://home.test:* https://*.home.test:*")]
    public async Task A_page_on_the_way_to_an_app_names_the_hosts_that_the_login_opens(string mode, string expected)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        await site.ProtectAsync("lab", "http://auth.home.test", body => body["mode"] = mode);

        using var page = await site.Server.SendAsync(HttpMethod.Get, "/if/flow/default-authentication-flow/?next=" + Uri.EscapeDataString("/application/launch/lab/"));

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith(expected);
    }
}
