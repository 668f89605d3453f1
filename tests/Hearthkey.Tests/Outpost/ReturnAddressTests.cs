using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>T14: a login leads nowhere but to a host of its provider.</summary>
public sealed class ReturnAddressTests
{
    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("https://app.example.com:8443/")]
    [InlineData("//evil.com")]
    [InlineData("///evil.com")]
    [InlineData("%2F%2Fevil.com")]
    [InlineData("/%5Cevil.com%3F")]
    [InlineData("%2F%5Cevil.com")]
    [InlineData("%2F%09%2Fevil.com")]
    [InlineData("%2F%0A%2Fevil.com")]
    [InlineData("https:evil.com")]
    [InlineData("https:/evil.com")]
    [InlineData("https%3A%2F%2Fapp.example.com%40evil.com%2F")]
    [InlineData("http://app.example.com@evil.com/")]
    [InlineData("https://app.example.com:pw@evil.com/")]
    [InlineData("https://app.example.com.evil.com/")]
    [InlineData("https://evilapp.example.com/")]
    [InlineData("https%3A%2F%2Fapp.example.com%5C.evil.com%2F")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript%3A%2F%2Fapp.example.com%2F%250aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("%E3%80%B1evil.com")]
    [InlineData("evil.com")]
    [InlineData("%20https%3A%2F%2Fapp.example.com%2F")]
    [InlineData("https%3A%2F%2Fapp.example.com%2Fx%0D%0ASet-Cookie%3A+a")]
    [InlineData("%2Fx%E2%80%A8y")]
    public async Task Foreign_address_is_replaced_by_the_external_host_and_reported(string rd)
    {
        await using var site = await OutpostSite.StartAsync();

        var landed = await new Browser(site).SignInAsync("https://app.example.com/outpost.goauthentik.io/start?rd=" + rd);

        landed.ShouldBe("https://app.example.com");
        site.Core.Reports.ShouldContain(r => r.Finding == OutpostFinding.ReturnAddressRefused);
    }

    [Theory]
    [InlineData("/page", "https://app.example.com/page")]
    [InlineData("/page?a=1&b=2", "https://app.example.com/page?a=1&b=2")]
    [InlineData("%2Fpage%3Fa%3D1%26b%3D2", "https://app.example.com/page?a=1&b=2")]
    [InlineData("https%3A%2F%2Fapp.example.com%2Fpage%3Fa%3D1%26b%3D2&other=x", "https://app.example.com/page?a=1&b=2")]
    [InlineData("https://app.example.com%2Fpage%3Fa%3D1%26b%3D2", "https://app.example.com/page?a=1&b=2")]
    [InlineData("https://app.example.com/page?a=1&b=%2F&c", "https://app.example.com/page?a=1&b=%2F&c")]
    [InlineData("http://APP.example.com:80/page", "https://app.example.com/page")]
    [InlineData("https://app.example.com:443/page", "https://app.example.com/page")]
    [InlineData("https://app.example.com", "https://app.example.com/")]
    [InlineData("https%3A%2F%2Fapp.example.com%2Fcaf%C3%A9", "https://app.example.com/caf%C3%A9")]
    [InlineData("https://app.example.com%2f@evil.com/", "https://app.example.com/@evil.com/")]
    [InlineData("/%5Cevil.com", "https://app.example.com/%5Cevil.com")]
    [InlineData("/%09/evil.com", "https://app.example.com/%09/evil.com")]
    [InlineData("/outpost.goauthentik.io/sign_out", "https://app.example.com/")]
    [InlineData("", "https://app.example.com")]
    public async Task Own_address_is_kept_whole(string rd, string expected)
    {
        await using var site = await OutpostSite.StartAsync();

        var landed = await new Browser(site).SignInAsync("https://app.example.com/outpost.goauthentik.io/start?rd=" + rd);

        landed.ShouldBe(expected);
        site.Core.Reports.ShouldNotContain(r => r.IsProblem);
    }

    [Theory]
    [InlineData("auth.lab.test", "https://sub.lab.test/p", "https://sub.lab.test/p")]
    [InlineData("auth.lab.test", "https://lab.test/p", "https://lab.test/p")]
    [InlineData("auth.lab.test", "https://evillab.test/", "https://auth.lab.test")]
    [InlineData("auth.lab.test", "https://lab.test.evil.com/", "https://auth.lab.test")]
    [InlineData("auth.lab.test", "/p", "https://auth.lab.test")]
    [InlineData("one.lab.test", "/p?a=1&b=2", "https://one.lab.test/p?a=1&b=2")]
    [InlineData("one.lab.test", "https://two.lab.test/p", "https://two.lab.test/p")]
    [InlineData("one.lab.test", "https://app.example.com/p", "https://auth.lab.test")]
    public async Task Domain_level_address_is_judged_by_labels(string host, string rd, string expected)
    {
        await using var site = await OutpostSite.StartAsync();

        (await new Browser(site).SignInAsync($"https://{host}/outpost.goauthentik.io/start?rd={rd}")).ShouldBe(expected);
    }

    [Fact]
    public async Task Address_too_long_for_a_request_line_leads_to_the_applications_front_page()
    {
        await using var site = await OutpostSite.StartAsync();

        (await new Browser(site).SignInAsync("https://app.example.com/outpost.goauthentik.io/start?rd=/" + new string('a', 5000)))
            .ShouldBe("https://app.example.com/");
    }
}
