using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Core;

/// <summary>OpenID Connect Core §3.1.2.3, §3.1.2.6: when a sign-in answers a request.</summary>
public sealed class DecisionTests
{
    private readonly TestProvider _provider = new();

    private async Task<AuthorizeDecision> DecideAsync(Authentication? session, params (string Name, string? Value)[] changes) =>
        await _provider.DecideAsync(_provider.Valid(changes), session);

    private static LoginReason ReasonOf(AuthorizeDecision decision) => decision.ShouldBeOfType<AuthorizeDecision.NeedsLogin>().Reason;

    private static string ErrorOf(AuthorizeDecision decision) => decision.ShouldBeOfType<AuthorizeDecision.Refused>().Error.Error.Code;

    private Authentication Later(Authentication session) => session with { AuthTime = _provider.Time.GetUtcNow().AddSeconds(5) };

    [Fact]
    public async Task Nobody_signed_in_needs_a_login() => ReasonOf(await DecideAsync(null)).ShouldBe(LoginReason.NotSignedIn);

    [Fact]
    public async Task A_session_proceeds() => (await DecideAsync(_provider.Ada)).ShouldBe(new AuthorizeDecision.Proceed(_provider.Ada));

    [Fact]
    public async Task Prompt_none_without_a_session_is_login_required()
    {
        var decision = await DecideAsync(null, ("prompt", "none"));

        ErrorOf(decision).ShouldBe("login_required");
        var answer = TestProvider.QueryOf(((AuthorizeDecision.Refused)decision).Error.Location);
        answer["state"].ShouldBe("st&te");
        answer["iss"].ShouldBe(_provider.App.Issuer);
    }

    [Fact]
    public async Task Prompt_none_with_a_session_proceeds() =>
        (await DecideAsync(_provider.Ada, ("prompt", "none"))).ShouldBeOfType<AuthorizeDecision.Proceed>();

    [Fact]
    public async Task Prompt_login_is_answered_only_by_a_later_sign_in()
    {
        ReasonOf(await DecideAsync(_provider.Ada, ("prompt", "login"))).ShouldBe(LoginReason.PromptLogin);
        ReasonOf(await DecideAsync(_provider.Ada with { AuthTime = _provider.Time.GetUtcNow() }, ("prompt", "login"))).ShouldBe(LoginReason.PromptLogin);
        (await DecideAsync(Later(_provider.Ada), ("prompt", "login"))).ShouldBeOfType<AuthorizeDecision.Proceed>();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("3599")]
    public async Task A_sign_in_older_than_max_age_must_be_repeated(string maxAge)
    {
        ReasonOf(await DecideAsync(_provider.Ada, ("max_age", maxAge))).ShouldBe(LoginReason.TooOld);
        (await DecideAsync(Later(_provider.Ada), ("max_age", maxAge))).ShouldBeOfType<AuthorizeDecision.Proceed>();
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("10000")]
    public async Task A_younger_sign_in_is_kept(string maxAge) =>
        (await DecideAsync(_provider.Ada, ("max_age", maxAge))).ShouldBeOfType<AuthorizeDecision.Proceed>();

    [Fact]
    public async Task Max_age_zero_refuses_a_sign_in_of_this_very_moment() =>
        ReasonOf(await DecideAsync(_provider.Ada with { AuthTime = _provider.Time.GetUtcNow() }, ("max_age", "0"))).ShouldBe(LoginReason.TooOld);

    [Fact]
    public async Task Prompt_none_with_an_old_sign_in_is_login_required() =>
        ErrorOf(await DecideAsync(_provider.Ada, ("prompt", "none"), ("max_age", "1"))).ShouldBe("login_required");

    [Fact]
    public async Task A_hint_for_the_same_person_proceeds_even_when_it_has_expired()
    {
        var hint = (await _provider.TokensAsync()).IdToken;
        _provider.Time.Advance(TimeSpan.FromDays(30));

        (await DecideAsync(_provider.Ada, ("prompt", "none"), ("id_token_hint", hint))).ShouldBeOfType<AuthorizeDecision.Proceed>();
    }

    [Fact]
    public async Task A_hint_for_somebody_else_is_never_answered()
    {
        var hint = (await _provider.TokensAsync()).IdToken;
        var bob = _provider.Ada with { UserKey = 2 };

        ErrorOf(await DecideAsync(bob, ("prompt", "none"), ("id_token_hint", hint))).ShouldBe("login_required");
        ReasonOf(await DecideAsync(bob, ("id_token_hint", hint))).ShouldBe(LoginReason.OtherSubject);
        ErrorOf(await DecideAsync(Later(bob), ("id_token_hint", hint))).ShouldBe("login_required");
    }
}
