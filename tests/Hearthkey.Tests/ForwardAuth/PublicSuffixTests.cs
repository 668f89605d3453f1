using Hearthkey.ForwardAuth;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>No domain under which strangers have hosts is covered (publicsuffix.org, its private section too).</summary>
public sealed class PublicSuffixTests
{
    [Theory]
    [InlineData("test")]
    [InlineData("localhost")]
    [InlineData("com")]
    [InlineData("co.uk")]
    [InlineData("com.au")]
    [InlineData("duckdns.org")]
    [InlineData("github.io")]
    [InlineData("synology.me")]
    [InlineData("dyndns.org")]
    [InlineData("ddns.net")]
    [InlineData("ts.net")]
    [InlineData("kawasaki.jp")]
    [InlineData("anything.ck")]
    [InlineData("amazonaws.com")]
    [InlineData("xn--p1ai")]
    public void A_domain_of_strangers_is_not_suggested(string domain) => ProxyProviders.SuggestCookieDomain("https://auth." + domain).ShouldBe("");

    [Theory]
    [InlineData("example.com")]
    [InlineData("example.co.uk")]
    [InlineData("me.duckdns.org")]
    [InlineData("home.test")]
    [InlineData("lab.local")]
    [InlineData("www.ck")]
    [InlineData("city.kawasaki.jp")]
    [InlineData("home.arpa")]
    [InlineData("tailnet.ts.net")]
    public void A_domain_of_ones_own_is_suggested(string domain) => ProxyProviders.SuggestCookieDomain("https://auth." + domain).ShouldBe(domain);
}
