using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Logout;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.RpInitiatedLogout;

/// <summary>RP-Initiated Logout 1.0: who may be sent where after a sign-out.</summary>
public sealed class EndSessionTests
{
    private const string Back = "https://foo.example.com/bye";

    private readonly TestProvider _provider = new(client => client with
    {
        RedirectUris = [new(MatchingMode.Strict, TestProvider.RedirectUri), new(MatchingMode.Strict, Back, RedirectUriType.Logout)],
    });

    private EndSessionOutcome Validate(params (string Name, string? Value)[] parameters) =>
        EndSessionEndpoint.Validate(_provider.App, TestProvider.Merge([], parameters));

    private EndSessionRequest Valid(params (string Name, string? Value)[] parameters) =>
        Validate(parameters).ShouldBeOfType<EndSessionOutcome.Valid>().Request;

    private async Task<string> HintAsync() => (await _provider.TokensAsync()).IdToken;

    [Fact]
    public async Task With_a_hint_the_person_goes_back_to_the_registered_address()
    {
        var request = Valid(("id_token_hint", await HintAsync()), ("post_logout_redirect_uri", Back), ("state", "a&b"), ("client_id", "app"));

        request.Location.ShouldBe(Back + "?state=a%26b");
        request.Subject.ShouldBe("sub-ada");
        request.SessionId.ShouldBe("session-of-ada");
    }

    [Fact]
    public async Task An_expired_hint_is_accepted()
    {
        var hint = await HintAsync();
        _provider.Time.Advance(TimeSpan.FromDays(300));

        Valid(("id_token_hint", hint), ("post_logout_redirect_uri", Back)).Location.ShouldBe(Back);
    }

    [Fact]
    public void Without_a_hint_nobody_is_redirected_and_nobody_is_named()
    {
        var request = Valid(("post_logout_redirect_uri", Back), ("state", "x"));

        request.Location.ShouldBeNull();
        request.Subject.ShouldBeNull();
    }

    [Fact]
    public void Without_parameters_nobody_is_named() => Valid().Subject.ShouldBeNull();

    [Fact]
    public async Task A_hint_without_an_address_ends_at_our_own_page() => Valid(("id_token_hint", await HintAsync()), ("state", "x")).Location.ShouldBeNull();

    [Theory]
    [InlineData("https://foo.example.com/bye?a=b")]
    [InlineData("https://foo.example.com/bye/")]
    [InlineData("https://foo.example.com/BYE")]
    [InlineData("https://foo.example.com/cb")]
    [InlineData("https://foo.example.com.evil.example/bye")]
    [InlineData("https://foo.example.com@evil.example/bye")]
    [InlineData("//foo.example.com/bye")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\\evil.example")]
    [InlineData("https://foo.example.com/bye#x")]
    public async Task An_address_that_is_not_registered_for_it_gets_a_page(string sent)
    {
        var error = Validate(("id_token_hint", await HintAsync()), ("post_logout_redirect_uri", sent)).ShouldBeOfType<EndSessionOutcome.ShowError>().Error;

        error.SentRedirectUri.ShouldBe(sent);
        error.Registered.Single().Registered.Url.ShouldBe(Back);
    }

    [Fact]
    public async Task A_modified_or_foreign_hint_gets_a_page()
    {
        var hint = await HintAsync();
        var parts = hint.Split('.');
        var foreign = (await new TestProvider(client => client with { SigningKey = TestKeys.Es384 }).TokensAsync()).IdToken;

        foreach (var bad in new[] { parts[0] + "." + parts[1] + ".", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + parts[1] + ".", hint[..^4] + "AAAA", foreign, "x" })
            Validate(("id_token_hint", bad), ("post_logout_redirect_uri", Back)).ShouldBeOfType<EndSessionOutcome.ShowError>();
    }

    [Fact]
    public async Task A_client_id_must_be_the_one_of_this_address() =>
        Validate(("id_token_hint", await HintAsync()), ("client_id", "phone")).ShouldBeOfType<EndSessionOutcome.ShowError>()
            .Error.Problem.ShouldBe(PageProblem.Client);

    [Fact]
    public void A_repeated_parameter_gets_a_page() =>
        EndSessionEndpoint.Validate(_provider.App, [new("state", "a"), new("state", "b")]).ShouldBeOfType<EndSessionOutcome.ShowError>();

    [Fact]
    public async Task Where_no_logout_address_is_registered_the_parameter_is_ignored()
    {
        var provider = new TestProvider();
        var hint = (await provider.TokensAsync()).IdToken;

        var outcome = EndSessionEndpoint.Validate(provider.App, [new("id_token_hint", hint), new("post_logout_redirect_uri", "https://evil.example/")]);

        outcome.ShouldBeOfType<EndSessionOutcome.Valid>().Request.Location.ShouldBeNull();
    }
}
