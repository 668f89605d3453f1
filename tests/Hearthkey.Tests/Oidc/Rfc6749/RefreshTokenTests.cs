using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §6, RFC 9700 §2.2.2 and §4.14: rotation, and the end of a family.</summary>
public sealed class RefreshTokenTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task A_refresh_gives_new_tokens_with_the_first_sign_in_time()
    {
        var first = await _provider.TokensAsync();
        _provider.Time.Advance(TimeSpan.FromDays(3));

        var second = (await _provider.RefreshAsync(first.RefreshToken)).Tokens();

        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        second.Grant.Key.ShouldBe(first.Grant.Key);
        var claims = TestProvider.ClaimsOf(second.IdToken);
        claims.GetProperty("auth_time").GetInt64().ShouldBe(_provider.Ada.AuthTime.ToUnixTimeSeconds());
        claims.GetProperty("iat").GetInt64().ShouldBe(_provider.Time.GetUtcNow().ToUnixTimeSeconds());
        (await _provider.UserInfoAsync(second.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
    }

    [Fact]
    public async Task A_reused_refresh_token_ends_its_family()
    {
        var first = await _provider.TokensAsync();
        var second = (await _provider.RefreshAsync(first.RefreshToken)).Tokens();

        var error = (await _provider.RefreshAsync(first.RefreshToken)).Error();

        error.Code.ShouldBe("invalid_grant");
        error.IsSuspicious.ShouldBeTrue();
        (await _provider.RefreshAsync(second.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
        (await _provider.UserInfoAsync(second.AccessToken)).ShouldBeOfType<UserInfoOutcome.Refused>();
    }

    [Fact]
    public async Task Of_many_refreshes_at_once_at_most_one_wins_and_the_family_ends()
    {
        var tokens = await _provider.TokensAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => _provider.RefreshAsync(tokens.RefreshToken))));

        outcomes.OfType<TokenOutcome.Issued>().Count().ShouldBeLessThanOrEqualTo(1);
        _provider.Grants.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_client_cannot_use_it()
    {
        var tokens = await _provider.TokensAsync();

        (await _provider.RefreshAsync(tokens.RefreshToken, ("client_id", "phone"), ("client_secret", null))).Error().Code.ShouldBe("invalid_grant");
        (await _provider.RefreshAsync(tokens.RefreshToken)).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_user_who_was_disabled_or_lost_access_is_refused()
    {
        var tokens = await _provider.TokensAsync();
        _provider.Subjects.Refused.Add(1);

        (await _provider.RefreshAsync(tokens.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_revoked_grant_is_refused()
    {
        var tokens = await _provider.TokensAsync();
        await _provider.Grants.RevokeGrantAsync(tokens.Grant.Key, TestContext.Current.CancellationToken);

        (await _provider.RefreshAsync(tokens.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_client_whose_grant_was_switched_off_is_refused()
    {
        var tokens = await _provider.TokensAsync();
        _provider.Clients.Set(_provider.App with { GrantTypes = [GrantType.AuthorizationCode] });

        (await _provider.RefreshAsync(tokens.RefreshToken)).Error().Code.ShouldBe("unauthorized_client");
    }

    [Fact]
    public async Task A_truncated_or_padded_token_is_refused()
    {
        var token = (await _provider.TokensAsync()).RefreshToken!;

        foreach (var near in new[] { token[..^1], token + "=", token + "A", token + " ", token.ToLowerInvariant() })
            (await _provider.RefreshAsync(near)).Error().Code.ShouldBe("invalid_grant");
        (await _provider.RefreshAsync(token)).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task It_expires_after_thirty_days_unless_it_is_used()
    {
        var first = await _provider.TokensAsync();
        _provider.Time.Advance(TimeSpan.FromDays(29));
        var second = (await _provider.RefreshAsync(first.RefreshToken)).Tokens();
        _provider.Time.Advance(TimeSpan.FromDays(30));

        (await _provider.RefreshAsync(second.RefreshToken)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Scopes_only_shrink()
    {
        var tokens = await _provider.TokensAsync("openid profile offline_access");

        (await _provider.RefreshAsync(tokens.RefreshToken, ("scope", "openid email"))).Error().Code.ShouldBe("invalid_scope");
        var fewer = (await _provider.RefreshAsync(tokens.RefreshToken, ("scope", "openid"))).Tokens();
        fewer.Scopes.ShouldBe(["openid"]);
        (await _provider.RefreshAsync(fewer.RefreshToken)).Tokens().Scopes.ShouldBe(["openid", "profile", "offline_access"]);
    }

    [Fact]
    public async Task A_threshold_keeps_the_token_until_little_is_left_of_it()
    {
        var provider = new TestProvider(client => client with { RefreshTokenThreshold = TimeSpan.FromDays(5) });
        var tokens = await provider.TokensAsync();

        (await provider.RefreshAsync(tokens.RefreshToken)).Tokens().RefreshToken.ShouldBeNull();
        provider.Time.Advance(TimeSpan.FromDays(26));
        (await provider.RefreshAsync(tokens.RefreshToken)).Tokens().RefreshToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_public_clients_token_is_always_rotated()
    {
        var provider = new TestProvider(client => client with { RefreshTokenThreshold = TimeSpan.FromDays(5) });
        var code = await provider.CodeAsync(("client_id", "phone"), ("scope", "openid offline_access"));
        var tokens = (await provider.RedeemAsync(code, ("client_id", "phone"), ("client_secret", null))).Tokens();

        (await provider.RefreshAsync(tokens.RefreshToken, ("client_id", "phone"), ("client_secret", null))).Tokens().RefreshToken.ShouldNotBeNull();
    }
}
