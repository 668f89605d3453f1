using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §3.1.2 and RFC 9700 §4.1: a redirect goes only where it was registered to go.</summary>
public sealed class RedirectUriTests
{
    private readonly TestProvider _strict = new();
    private readonly TestProvider _regex = With(MatchingMode.Regex, @"https://foo\.example\.com/cb(/.*)?");

    private static TestProvider With(MatchingMode mode, string url) => new(client => client with { RedirectUris = [new(mode, url)] });

    public static TheoryData<string> Attacks =>
    [
        "https://fooaexample.com/cb", "https://foo.example.com/cb/../x", "https://foo.example.com/cb/..;/x", "https://foo.example.com/cb%2f..",
        "https://foo.example.com/cb/%2e%2e/x", "https://foo.example.com/cb/.%2E/x", "https://foo.example.com/cb/%5c..", "https://foo.example.com/cb?",
        "https://foo.example.com/cb?a=b", "https://foo.example.com/cb#", "https://foo.example.com/cb#a", "https://FOO.example.com/cb",
        "https://foo.example.com/CB", "HTTPS://foo.example.com/cb", "https://foo.example.com:443/cb", "https://foo.example.com@evil.example/cb",
        "https://foo.example.com/cb@evil.example", "https://a@foo.example.com@evil.example/cb", "https://user:pw@foo.example.com/cb",
        "http://foo.example.com/cb", "http://localhost.evil.example/cb", "https://foo.example.com.evil.example/cb", "https://evil.example/https://foo.example.com/cb",
        "//foo.example.com/cb", "///foo.example.com/cb", "/cb", "cb", "https:foo.example.com/cb", "https:/foo.example.com/cb", "https:\\\\foo.example.com\\cb",
        "https://foo.example.com\\@evil.example/cb", "https://foo.example.com/cb\\..\\x", " https://foo.example.com/cb", "https://foo.example.com/cb ",
        "https://foo.example.com/cb\n", "https://foo.example.com/cb\r\nSet-Cookie: a=b", "https://foo.example.com/\tcb", "https://foo.example.com/cb\0",
        "https://foo.example.com/cb\u2028", "https://f\u043Eo.example.com/cb", "\u3031evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
        "javascript://foo.example.com/cb", "data:text/html,x", "DATA:text/html,x", "vbscript:x", "view-source:https://foo.example.com/cb",
        "https://foo.example.com./cb", "https://foo.example.com/./cb", "https://foo.example.com//cb", "https://foo.example.com/c%62", "https://[::1]/cb", "null", "*",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_address_that_is_not_byte_for_byte_the_registered_one_gets_a_page(string sent) =>
        _strict.PageErrorOf(("redirect_uri", sent)).Problem.ShouldBe(PageProblem.RedirectUri);

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_parameter_turns_the_page_into_a_redirect(string sent)
    {
        foreach (var (name, value) in new[] { ("prompt", "none"), ("response_mode", "fragment"), ("response_type", "token"), ("request", "x") })
            _strict.Validate(("redirect_uri", sent), (name, value)).ShouldBeOfType<AuthorizeOutcome.ShowError>();
    }

    [Theory]
    [InlineData("https://fooaexample.com/cb")]
    [InlineData("https://foo.example.com/cbx")]
    [InlineData("https://foo.example.com/cb/../x")]
    [InlineData("https://foo.example.com/cb/..;/x")]
    [InlineData("https://foo.example.com/cb/a%2f..%2f..%2fx")]
    [InlineData("https://foo.example.com/cb/%2e%2e/x")]
    [InlineData("https://foo.example.com/cb/..\\x")]
    [InlineData("https://foo.example.com/cb/x#y")]
    [InlineData("https://evil.example/?https://foo.example.com/cb")]
    [InlineData("https://foo.example.com/cb/\nx")]
    [InlineData("xhttps://foo.example.com/cb")]
    public void A_pattern_matches_whole_and_never_out_of_its_path(string sent) =>
        _regex.PageErrorOf(("redirect_uri", sent)).Problem.ShouldBe(PageProblem.RedirectUri);

    [Theory]
    [InlineData("https://foo.example.com/cb")]
    [InlineData("https://foo.example.com/cb/a/b?c=../d")]
    public void A_pattern_matches_what_it_says(string sent) => _regex.Valid(("redirect_uri", sent)).RedirectUri.ShouldBe(sent);

    [Theory]
    [InlineData("https://foo.example.com/cb|https://foo.example.com/cb2")]
    [InlineData("https://foo.example.com/(cb)")]
    public void Alternatives_are_anchored_together(string pattern)
    {
        With(MatchingMode.Regex, pattern).Valid().RedirectUri.ShouldBe(TestProvider.RedirectUri);
        With(MatchingMode.Regex, pattern).PageErrorOf(("redirect_uri", "https://foo.example.com/cb23"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://foo.example.com/cb(")]
    [InlineData("x)|(?:.*")]
    [InlineData(@"https://(?=f)foo\.example\.com/cb")]
    [InlineData(@"(https)://foo\.example\.com/\1|.*")]
    public void A_pattern_that_cannot_be_read_matches_nothing_and_says_so(string pattern)
    {
        With(MatchingMode.Regex, pattern).PageErrorOf().Problem.ShouldBe(PageProblem.RedirectUri);
        new RedirectUri(MatchingMode.Regex, pattern).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void A_nasty_pattern_takes_linear_time()
    {
        var sent = TestProvider.RedirectUri + new string('a', 8000);

        With(MatchingMode.Regex, "https://foo.example.com/cb(a+)+b").PageErrorOf(("redirect_uri", sent)).Problem.ShouldBe(PageProblem.RedirectUri);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JAVASCRIPT:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    public void Schemes_that_run_code_are_refused_although_registered(string url)
    {
        With(MatchingMode.Strict, url).PageErrorOf(("redirect_uri", url)).Problem.ShouldBe(PageProblem.RedirectUri);
        With(MatchingMode.Regex, ".*").PageErrorOf(("redirect_uri", url)).Problem.ShouldBe(PageProblem.RedirectUri);
        new RedirectUri(MatchingMode.Strict, url).Problem.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("com.example.app:/oauth2redirect")]
    [InlineData("app://callback")]
    [InlineData("https://foo.example.com/cb?tenant=1")]
    public void An_app_scheme_or_a_query_is_fine_when_registered(string url)
    {
        With(MatchingMode.Strict, url).Valid(("redirect_uri", url)).RedirectUri.ShouldBe(url);
        new RedirectUri(MatchingMode.Strict, url).Problem.ShouldBeNull();
    }

    [Fact]
    public void An_empty_list_matches_nothing() =>
        new TestProvider(client => client with { RedirectUris = [] }).PageErrorOf().Registered.ShouldBeEmpty();

    [Fact]
    public void A_logout_address_is_no_redirect_uri() =>
        new TestProvider(client => client with { RedirectUris = [new(MatchingMode.Strict, TestProvider.RedirectUri, RedirectUriType.Logout)] })
            .PageErrorOf().Problem.ShouldBe(PageProblem.RedirectUri);

    [Fact]
    public void The_page_knows_what_was_sent_and_where_it_first_differs()
    {
        var provider = new TestProvider(client => client with
        {
            RedirectUris = [new(MatchingMode.Regex, @"https://x\.example/.*"), new(MatchingMode.Strict, "http://a"), new(MatchingMode.Strict, TestProvider.RedirectUri)],
        });

        var error = provider.PageErrorOf(("redirect_uri", "https://foo.example.com/CB"));

        error.Client.ShouldBe(provider.App);
        error.SentRedirectUri.ShouldBe("https://foo.example.com/CB");
        error.Registered.Select(difference => difference.FirstDifference).ShouldBe([24, 4, null]);
        error.Registered[0].Registered.Url.ShouldBe(TestProvider.RedirectUri);
    }

    [Fact]
    public async Task The_registered_query_is_kept_in_the_answer()
    {
        const string url = "https://foo.example.com/cb?tenant=1";
        var provider = With(MatchingMode.Strict, url);

        var location = (await provider.Authorize.IssueAsync(provider.Valid(("redirect_uri", url)), provider.Ada, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        location.ShouldStartWith(url + "&code=");
    }
}
