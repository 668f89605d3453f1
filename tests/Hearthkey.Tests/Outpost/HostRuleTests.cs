using System.Net;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Rules of single hosts under one registration for a whole domain: which one holds, what it opens.</summary>
public sealed class HostRuleTests
{
    private const string Login = "https://auth.lab.test/outpost.goauthentik.io/start?rd=";

    [Theory]
    [InlineData("a.media.lab.test", true)]
    [InlineData("a.b.media.lab.test", true)]
    [InlineData("media.lab.test", false)]
    [InlineData("amedia.lab.test", false)]
    [InlineData("tv.media.lab.test", true)]
    [InlineData("x.tv.media.lab.test", false)]
    [InlineData("y.x.tv.media.lab.test", false)]
    [InlineData("news.media.lab.test", false)]
    [InlineData("a.news.media.lab.test", true)]
    [InlineData("lab.test", false)]
    [InlineData("other.lab.test", false)]
    [InlineData("open.lab.test", true)]
    [InlineData("OPEN.Lab.Test", true)]
    [InlineData("open.lab.test.", true)]
    [InlineData("open.lab.test:8443", true)]
    [InlineData("xn--bcher-kva.lab.test", true)]
    public async Task The_hosts_own_rule_holds_or_that_of_the_longest_name_above_it(string host, bool isOpen)
    {
        await using var site = await StartAsync(
            Open("*.media.lab.test"), Closed("*.tv.media.lab.test"), Closed("news.media.lab.test"), Open("open.lab.test"), Open("Bücher.Lab.test."));

        (await site.CheckAsync($"https://{host}/any//path;x?y#z")).StatusCode.ShouldBe(isOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        ForwardedUrl.TryParse($"https://{host}/", out var url).ShouldBeTrue();
        site.Core.Configuration.NeedsLogin(url).ShouldBe(!isOpen);
    }

    [Fact]
    public async Task An_open_host_is_told_who_is_there_only_where_somebody_is()
    {
        await using var site = await StartAsync(Open("open.lab.test"));
        var browser = new Browser(site);
        await browser.SignInAsync(Login + "https://open.lab.test/");

        Name(await site.CheckAsync("https://open.lab.test/")).ShouldBe("");
        Name(await browser.CheckAsync("https://open.lab.test/")).ShouldBe("ada");
        (await browser.CheckAsync("https://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.CheckAsync("https://one.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://photos.lab.test/share/1", true)]
    [InlineData("https://photos.lab.test:8443/share/1?x=1", true)]
    [InlineData("https://photos.lab.test/private/share/", false)]
    [InlineData("https://photos.lab.test/share/../private", false)]
    [InlineData("https://photos.lab.test/share/..%2fprivate", false)]
    [InlineData("https://photos.lab.test/share//private", false)]
    [InlineData("https://photos.lab.test/x?/share/", false)]
    [InlineData("https://wiki.lab.test/share/1", false)]
    [InlineData("https://a.photos.lab.test/share/1", false)]
    [InlineData("https://api.lab.test/open", true)]
    [InlineData("https://api.lab.test/share/1", false)]
    public async Task Paths_of_a_rule_are_open_at_its_hosts_alone_and_beside_those_of_the_provider(string url, bool isOpen)
    {
        await using var site = await StartAsync(new HostRule("photos.lab.test", false, SkipRules.Parse("^/share/")));

        (await site.CheckAsync(url)).StatusCode.ShouldBe(isOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Rules_of_a_provider_for_one_application_are_none()
    {
        await using var site = await OutpostSite.StartAsync(OutpostSite.Single with { HostRules = [Open("app.example.com")] });

        (await site.CheckAsync("https://app.example.com/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_host_that_is_another_providers_own_knows_nothing_of_the_rules()
    {
        await using var site = await OutpostSite.StartAsync(
            OutpostSite.Domain with { HostRules = [Open("*.lab.test")] }, OutpostSite.Single with { ExternalHost = "https://safe.lab.test" });

        (await site.CheckAsync("https://safe.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await site.CheckAsync("https://any.lab.test/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static HostRule Open(string host) => new(host, true, SkipRules.None);

    private static HostRule Closed(string host) => new(host, false, SkipRules.None);

    private static Task<OutpostSite> StartAsync(params HostRule[] rules) => OutpostSite.StartAsync(OutpostSite.Domain with { HostRules = rules });

    private static string Name(HttpResponseMessage response)
    {
        using (response)
            return response.Headers.GetValues("X-authentik-username").Single();
    }
}
