using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §4.1.2, §4.1.3: a code is good once, for one client, for one redirect URI, for a minute.</summary>
public sealed class CodeBindingTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task A_code_of_one_client_is_nothing_to_another()
    {
        var code = await _provider.CodeAsync();

        var error = (await _provider.RedeemAsync(code, ("client_id", "phone"), ("client_secret", null))).Error();

        error.Code.ShouldBe("invalid_grant");
        error.Detail!.ShouldContain("another client");
        (await _provider.RedeemAsync(code)).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://foo.example.com/CB")]
    [InlineData("https://foo.example.com/other")]
    public async Task The_token_request_must_repeat_the_redirect_uri(string? redirectUri)
    {
        var provider = new TestProvider(client => client with
        {
            RedirectUris = [new(MatchingMode.Strict, TestProvider.RedirectUri), new(MatchingMode.Strict, "https://foo.example.com/other")],
        });

        (await provider.RedeemAsync(await provider.CodeAsync(), ("redirect_uri", redirectUri))).Error().Code.ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task A_code_lives_one_minute(int seconds, bool isGood)
    {
        var code = await _provider.CodeAsync();
        _provider.Time.Advance(TimeSpan.FromSeconds(seconds));

        (await _provider.RedeemAsync(code) is TokenOutcome.Issued).ShouldBe(isGood);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0000000000000000000000000000000000000000000")]
    public async Task A_code_that_was_never_issued_is_refused(string code) =>
        (await _provider.RedeemAsync(code)).Error().Code.ShouldBe(code.Length == 0 ? "invalid_request" : "invalid_grant");

    [Fact]
    public async Task A_truncated_or_padded_code_is_refused()
    {
        var code = await _provider.CodeAsync();

        foreach (var near in new[] { code[..^1], code + "=", code + "A", " " + code, code.ToUpperInvariant() })
            (await _provider.RedeemAsync(near)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_user_who_lost_access_meanwhile_gets_nothing()
    {
        var code = await _provider.CodeAsync();
        _provider.Subjects.Refused.Add(1);

        (await _provider.RedeemAsync(code)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_or_access_token_is_no_code()
    {
        var tokens = await _provider.TokensAsync();

        (await _provider.RedeemAsync(tokens.RefreshToken!)).Error().Code.ShouldBe("invalid_grant");
        (await _provider.RedeemAsync(tokens.AccessToken)).Error().Code.ShouldBe("invalid_grant");
        (await _provider.RefreshAsync(await _provider.CodeAsync())).Error().Code.ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(600)]
    public async Task A_code_shown_again_ends_what_came_from_it(int secondsLater)
    {
        var code = await _provider.CodeAsync(("scope", "openid offline_access"));
        var tokens = (await _provider.RedeemAsync(code)).Tokens();
        _provider.Time.Advance(TimeSpan.FromSeconds(secondsLater));

        var error = (await _provider.RedeemAsync(code)).Error();

        error.Code.ShouldBe("invalid_grant");
        error.IsSuspicious.ShouldBeTrue();
        (await _provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Refused>();
        (await _provider.RefreshAsync(tokens.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Of_fifty_redemptions_at_once_one_wins_and_the_losers_end_its_tokens()
    {
        var code = await _provider.CodeAsync(("scope", "openid offline_access"));
        using var start = new SemaphoreSlim(0);

        var attempts = Enumerable.Range(0, 50).Select(async _ =>
        {
            await start.WaitAsync(TestContext.Current.CancellationToken);
            return await Task.Run(() => _provider.RedeemAsync(code));
        }).ToList();
        start.Release(50);
        var outcomes = await Task.WhenAll(attempts);

        var winner = outcomes.OfType<TokenOutcome.Issued>().Single().Response;
        outcomes.OfType<TokenOutcome.Refused>().Count(outcome => outcome.Error.Code == "invalid_grant").ShouldBe(49);
        _provider.Grants.Active.ShouldBeEmpty();
        (await _provider.UserInfoAsync(winner.AccessToken)).ShouldBeOfType<UserInfoOutcome.Refused>();
        (await _provider.RefreshAsync(winner.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
    }
}
