using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Pkce;

/// <summary>RFC 7636, and the downgrades of RFC 9700 §4.8.2.</summary>
public sealed class PkceTests
{
    private readonly TestProvider _provider = new();
    private readonly TestProvider _plain = new(client => client with { AllowsPlainPkce = true });

    [Fact]
    public async Task The_right_verifier_redeems_the_code() => (await _provider.RedeemAsync(await _provider.CodeAsync())).Tokens().IdToken.ShouldNotBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk=")]
    public async Task Any_other_verifier_is_refused_and_spends_nothing(string? verifier)
    {
        var code = await _provider.CodeAsync();

        (await _provider.RedeemAsync(code, ("code_verifier", verifier))).Error().Code.ShouldBe("invalid_grant");
        (await _provider.RedeemAsync(code)).Tokens();
    }

    [Fact]
    public async Task The_challenge_itself_is_no_verifier() =>
        (await _provider.RedeemAsync(await _provider.CodeAsync(), ("code_verifier", TestProvider.Challenge))).Error().Code.ShouldBe("invalid_grant");

    [Fact]
    public async Task A_verifier_without_a_challenge_is_a_downgrade()
    {
        var code = await _provider.CodeAsync(("code_challenge", null), ("code_challenge_method", null));

        (await _provider.RedeemAsync(code)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_confidential_client_may_do_without()
    {
        var code = await _provider.CodeAsync(("code_challenge", null), ("code_challenge_method", null));

        (await _provider.RedeemAsync(code, ("code_verifier", null))).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_public_client_must_send_a_challenge() =>
        _provider.RefusalOf(("client_id", "phone"), ("code_challenge", null), ("code_challenge_method", null)).ShouldBe("invalid_request");

    [Fact]
    public void A_confidential_client_must_where_it_says_so() => new TestProvider(client => client with { RequiresPkce = true })
        .RefusalOf(("code_challenge", null), ("code_challenge_method", null)).ShouldBe("invalid_request");

    [Theory]
    [InlineData("plain")]
    [InlineData("s256")]
    [InlineData("S512")]
    [InlineData("none")]
    [InlineData(null)]
    public void Only_S256_is_taken_by_default(string? method) => _provider.RefusalOf(("code_challenge_method", method)).ShouldBe("invalid_request");

    [Theory]
    [InlineData("")]
    [InlineData("tooshort")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM")]
    public void A_malformed_challenge_is_refused(string challenge) => _provider.RefusalOf(("code_challenge", challenge)).ShouldBe("invalid_request");

    [Theory]
    [InlineData("plain")]
    [InlineData(null)]
    public async Task Plain_works_where_the_client_allows_it(string? method)
    {
        var code = await _plain.CodeAsync(("code_challenge", TestProvider.Verifier), ("code_challenge_method", method));

        (await _plain.RedeemAsync(code)).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(42, false)]
    [InlineData(43, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_plain_challenge_has_43_to_128_characters(int length, bool isTaken)
    {
        var outcome = _plain.Validate(("code_challenge", new string('~', length)), ("code_challenge_method", "plain"));

        (outcome is Hearthkey.Oidc.Authorize.AuthorizeOutcome.Valid).ShouldBe(isTaken);
    }

    [Fact]
    public async Task A_code_asked_for_with_S256_is_not_redeemed_as_plain()
    {
        var code = await _plain.CodeAsync();

        (await _plain.RedeemAsync(code, ("code_verifier", TestProvider.Challenge), ("code_challenge_method", "plain"))).Error().Code.ShouldBe("invalid_grant");
    }
}
