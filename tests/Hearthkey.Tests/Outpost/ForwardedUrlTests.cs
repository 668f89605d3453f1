using Hearthkey.Outpost;

namespace Hearthkey.Tests.Outpost;

/// <summary>T05, T12: one spelling of a host, and garbage is refused without an exception.</summary>
public sealed class ForwardedUrlTests
{
    [Theory]
    [InlineData("https://app.example.com/x", "app.example.com", 0)]
    [InlineData("HTTPS://App.Example.COM/x", "app.example.com", 0)]
    [InlineData("https://app.example.com./x", "app.example.com", 0)]
    [InlineData("https://app.example.com:443/x", "app.example.com", 0)]
    [InlineData("http://app.example.com:80/x", "app.example.com", 0)]
    [InlineData("http://app.example.com:443/x", "app.example.com:443", 443)]
    [InlineData("https://app.example.com:08443/x", "app.example.com:8443", 8443)]
    [InlineData("https://bücher.example/x", "xn--bcher-kva.example", 0)]
    [InlineData("https://XN--bcher-kva.example/x", "xn--bcher-kva.example", 0)]
    [InlineData("http://[::1]:9000/x", "[::1]:9000", 9000)]
    [InlineData("http://[0:0:0:0:0:0:0:1]/x", "[::1]", 0)]
    [InlineData("http://192.168.1.5:9000/x", "192.168.1.5:9000", 9000)]
    public void Host_has_one_spelling(string text, string key, int port)
    {
        ForwardedUrl.TryParse(text, out var url).ShouldBeTrue();

        url.Key.ToString().ShouldBe(key);
        url.Port.ShouldBe(port);
        url.PathAndQuery.ToString().ShouldBe("/x");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/x")]
    [InlineData("//app.example.com/x")]
    [InlineData("ftp://app.example.com/")]
    [InlineData("https:app.example.com")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://user@app.example.com/")]
    [InlineData("https://user:pw@app.example.com/")]
    [InlineData("https://app.example.com:/")]
    [InlineData("https://app.example.com:0/")]
    [InlineData("https://app.example.com:65536/")]
    [InlineData("https://app.example.com:+80/")]
    [InlineData("https://app.example.com:80:80/")]
    [InlineData("https://app..example.com/")]
    [InlineData("https://.example.com/")]
    [InlineData("https://app example.com/")]
    [InlineData("https://app.example.com\\@evil.com/")]
    [InlineData("https://app.example.com%2f.evil.com/")]
    [InlineData("https://[::1/")]
    [InlineData("https://[::1%25eth0]/")]
    [InlineData("https://[not-an-address]/")]
    [InlineData("https://xn--\u00fc.example/")]
    [InlineData("https://a\u0000b.example/")]
    public void Garbage_is_refused(string? text) => ForwardedUrl.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Random_text_never_throws()
    {
        var random = new Random(7);
        const string alphabet = "htps:/.@[]%\\?#ab0\u00e9\ud800\u3002 -_";
        for (var i = 0; i < 20_000; i++)
        {
            var text = "https://" + new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            if (ForwardedUrl.TryParse(text, out var url))
                ForwardedUrl.TryParse(url.IsHttps, url.Key.ToString(), "/", out var again).ShouldBe(true, text);
        }
    }

    [Theory]
    [InlineData("https://a.b.example.com/", 3)]
    [InlineData("https://b.example.com/", 3)]
    [InlineData("https://a.example.com/", 2)]
    [InlineData("https://exact.example.com/", 4)]
    [InlineData("https://exact.example.com:8443/", 2)]
    [InlineData("https://EXACT.example.com./", 4)]
    [InlineData("https://evilexample.com/", null)]
    [InlineData("https://example.com.evil.com/", null)]
    [InlineData("https://com/", null)]
    public void Exact_host_wins_then_the_longest_domain_by_labels(string text, int? pk)
    {
        var domain = Support.OutpostSite.Domain;
        var configuration = new OutpostConfiguration(
            [
                domain with { Pk = 2, ExternalHost = "https://auth.example.com", CookieDomain = "example.com" },
                domain with { Pk = 3, ExternalHost = "https://auth.b.example.com", CookieDomain = ".B.example.com" },
                Support.OutpostSite.Single with { Pk = 4, ExternalHost = "https://exact.example.com:443/" },
            ], []);

        ForwardedUrl.TryParse(text, out var url).ShouldBeTrue();

        configuration.FindProvider(url)?.Pk.ShouldBe(pk!.Value);
        (configuration.FindProvider(url) is null).ShouldBe(pk is null);
    }

    [Fact]
    public void Of_two_providers_with_one_host_the_older_is_served_and_the_other_listed()
    {
        var configuration = new OutpostConfiguration(
            [Support.OutpostSite.Single with { Pk = 9 }, Support.OutpostSite.Single, Support.OutpostSite.Single with { Pk = 8, ExternalHost = "nonsense" }], []);

        ForwardedUrl.TryParse("https://app.example.com/", out var url).ShouldBeTrue();

        configuration.FindProvider(url)!.Pk.ShouldBe(1);
        configuration.Unusable.Select(p => p.Pk).ShouldBe([8, 9]);
    }
}
