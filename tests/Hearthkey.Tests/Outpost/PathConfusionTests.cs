using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>T09, T10, T11: a path that can be read in two ways is protected, and only the path decides.</summary>
public sealed class PathConfusionTests
{
    [Theory]
    [InlineData("/public/../admin")]
    [InlineData("/public/..%2fadmin")]
    [InlineData("/public/%2e%2e/admin")]
    [InlineData("/public/%252e%252e%252fadmin")]
    [InlineData("/public;/../admin")]
    [InlineData("/public/..;/admin")]
    [InlineData("//public")]
    [InlineData("/./public")]
    [InlineData("/public/.")]
    [InlineData("/public%00")]
    [InlineData("/public%0a")]
    [InlineData("/public%23")]
    [InlineData("/public#x")]
    [InlineData("/public%2Fadmin")]
    [InlineData("/public\\..\\admin")]
    [InlineData("/public%5c..%5cadmin")]
    [InlineData("/public/%c0%ae%c0%ae/admin")]
    [InlineData("/public/%EF%BC%8E%EF%BC%8E/admin")]
    [InlineData("/public/%ZZ")]
    [InlineData("/public/%2")]
    [InlineData("/admin?x=/public")]
    [InlineData("/admin?/public")]
    [InlineData("/PUBLIC")]
    [InlineData("/private/foo?x=/bar")]
    [InlineData("/foo/secret%23/bar")]
    [InlineData("/foo/secret?x=/bar")]
    [InlineData("/foo/secret#/bar")]
    [InlineData("")]
    [InlineData("?/public")]
    public async Task Path_is_protected(string path)
    {
        await using var site = await OutpostSite.StartAsync(
            OutpostSite.Single with { SkipPaths = SkipRules.Parse("/public\n^/foo/.*/bar$\n\n   \n") });

        using var response = await site.CheckAsync("https://app.example.com" + path);

        ((int)response.StatusCode).ShouldBe(401, path);
    }

    [Theory]
    [InlineData("/public")]
    [InlineData("/public/x?y=..%2f")]
    [InlineData("/%70ublic/x")]
    [InlineData("/deeper/public")]
    [InlineData("/foo/any/bar")]
    [InlineData("/public/caf%C3%A9")]
    [InlineData("/public/a%20b")]
    public async Task Path_is_open(string path)
    {
        await using var site = await OutpostSite.StartAsync(
            OutpostSite.Single with { SkipPaths = SkipRules.Parse("/public\r\n^/foo/.*/bar$") });

        using var response = await site.CheckAsync("https://app.example.com" + path);

        ((int)response.StatusCode).ShouldBe(200, path);
    }

    [Theory]
    [InlineData("https://api.lab.test/open/x", 200)]
    [InlineData("http://api.lab.test/open/x", 200)]
    [InlineData("https://api.lab.test/closed?x=https://api.lab.test/open", 401)]
    [InlineData("https://other.lab.test/open", 401)]
    [InlineData("https://api.lab.test:8443/open", 401)]
    public async Task Domain_level_pattern_sees_scheme_and_host(string url, int status)
    {
        await using var site = await OutpostSite.StartAsync();

        using var response = await site.CheckAsync(url);

        ((int)response.StatusCode).ShouldBe(status, url);
    }

    [Fact]
    public void Pattern_that_does_not_compile_is_left_out_and_listed()
    {
        var rules = SkipRules.Parse("^/a\n(\n^/b(?=x)\n\n/c");

        rules.Broken.ShouldBe(["(", "^/b(?=x)"]);
        rules.Unanchored.ShouldBe(["/c"]);
        rules.Matches("/a").ShouldBeTrue();
        rules.Matches("/bx").ShouldBeFalse();
        rules.Matches("/zzz").ShouldBeFalse();
    }

    [Fact]
    public void Pattern_made_to_backtrack_stays_linear()
    {
        var rules = SkipRules.Parse("^/(a+)+$");

        rules.Matches("/" + new string('a', 4000) + "b").ShouldBeFalse();
    }
}
