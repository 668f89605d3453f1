using System.Text.Json;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Core;

/// <summary>OpenID Connect Core §3.1: the code flow from end to end.</summary>
public sealed class CodeFlowTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task The_id_token_says_who_signed_in_when_and_how()
    {
        var claims = TestProvider.ClaimsOf((await _provider.TokensAsync()).IdToken);

        claims.GetProperty("iss").GetString().ShouldBe("https://id.example.com/application/o/app/");
        claims.GetProperty("sub").GetString().ShouldBe("sub-ada");
        claims.GetProperty("aud").GetString().ShouldBe("app");
        claims.GetProperty("nonce").GetString().ShouldBe("n-1");
        claims.GetProperty("sid").GetString().ShouldBe("session-of-ada");
        claims.GetProperty("acr").GetString().ShouldBe("goauthentik.io/providers/oauth2/default");
        claims.GetProperty("amr").EnumerateArray().Select(value => value.GetString()).ShouldBe(["pwd", "mfa"]);
        claims.GetProperty("iat").GetInt64().ShouldBe(_provider.Time.GetUtcNow().ToUnixTimeSeconds());
        claims.GetProperty("exp").GetInt64().ShouldBe(_provider.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        claims.GetProperty("auth_time").GetInt64().ShouldBe(_provider.Ada.AuthTime.ToUnixTimeSeconds());
        claims.GetProperty("groups").EnumerateArray().Select(value => value.GetString()).ShouldBe(["people", "admins"]);
    }

    [Fact]
    public async Task The_access_token_is_a_JWT_of_its_own_type()
    {
        var tokens = await _provider.TokensAsync();

        TestProvider.PartOf(tokens.AccessToken, 0).GetProperty("typ").GetString().ShouldBe("at+jwt");
        TestProvider.PartOf(tokens.IdToken, 0).GetProperty("typ").GetString().ShouldBe("JWT");
        var claims = TestProvider.ClaimsOf(tokens.AccessToken);
        claims.GetProperty("client_id").GetString().ShouldBe("app");
        claims.GetProperty("azp").GetString().ShouldBe("app");
        claims.GetProperty("scope").GetString().ShouldBe("openid profile email offline_access");
        claims.GetProperty("grant").GetInt64().ShouldBe(tokens.Grant.Key);
        claims.GetProperty("preferred_username").GetString().ShouldBe("ada");
    }

    [Fact]
    public async Task The_answer_has_the_members_of_the_specification()
    {
        using var json = JsonDocument.Parse((await _provider.TokensAsync()).ToJson());

        json.RootElement.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["access_token", "token_type", "expires_in", "scope", "id_token", "refresh_token"]);
        json.RootElement.GetProperty("token_type").GetString().ShouldBe("Bearer");
        json.RootElement.GetProperty("expires_in").GetInt64().ShouldBe(3600);
    }

    [Fact]
    public async Task No_token_reaches_the_store()
    {
        var code = await _provider.CodeAsync(("scope", "openid offline_access"));
        var tokens = (await _provider.RedeemAsync(code)).Tokens();

        var written = string.Join('\n', _provider.Grants.Written);
        written.ShouldNotContain(code);
        written.ShouldNotContain(tokens.RefreshToken!);
        written.ShouldNotContain(tokens.AccessToken);
    }

    [Fact]
    public async Task A_refresh_token_is_given_only_for_offline_access() =>
        (await _provider.TokensAsync("openid profile")).RefreshToken.ShouldBeNull();

    [Fact]
    public async Task A_nonce_is_optional_in_the_code_flow()
    {
        var tokens = (await _provider.RedeemAsync(await _provider.CodeAsync(("nonce", null)))).Tokens();

        TestProvider.ClaimsOf(tokens.IdToken).TryGetProperty("nonce", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Claims_stay_out_of_the_tokens_when_the_provider_says_so()
    {
        var provider = new TestProvider(client => client with { IncludeClaimsInIdToken = false });
        var tokens = await provider.TokensAsync();

        TestProvider.ClaimsOf(tokens.IdToken).TryGetProperty("preferred_username", out _).ShouldBeFalse();
        TestProvider.ClaimsOf(tokens.AccessToken).TryGetProperty("groups", out _).ShouldBeFalse();
        var found = (await provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
        JsonDocument.Parse(found.Json).RootElement.GetProperty("preferred_username").GetString().ShouldBe("ada");
    }

    [Fact]
    public async Task An_id_token_comes_without_openid_too_as_authentik_does() =>
        (await _provider.TokensAsync("profile")).IdToken.ShouldNotBeEmpty();
}
