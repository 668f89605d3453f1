using System.Text.Json;
using Hearthkey.Oidc;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Core;

/// <summary>OpenID Connect Core §5.3 and RFC 6750.</summary>
public sealed class UserInfoTests
{
    private readonly TestProvider _provider = new();

    private async Task<UserInfoOutcome> HandleAsync(string? authorization, params (string Name, string? Value)[] form) =>
        await _provider.UserInfo.HandleAsync(authorization, TestProvider.Merge([], form), TestContext.Current.CancellationToken);

    private static OAuthError ErrorOf(UserInfoOutcome outcome) => outcome.ShouldBeOfType<UserInfoOutcome.Refused>().Error;

    [Fact]
    public async Task Userinfo_gives_the_claims_of_the_tokens_scopes()
    {
        var tokens = await _provider.TokensAsync("openid email");

        var found = (await _provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();

        using var json = JsonDocument.Parse(found.Json);
        json.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["sub", "email"]);
    }

    [Fact]
    public async Task Userinfo_takes_the_token_from_a_form() =>
        (await HandleAsync(null, ("access_token", (await _provider.TokensAsync()).AccessToken))).ShouldBeOfType<UserInfoOutcome.Found>();

    [Fact]
    public async Task Userinfo_refuses_a_token_in_header_and_form()
    {
        var token = (await _provider.TokensAsync()).AccessToken;

        ErrorOf(await HandleAsync("Bearer " + token, ("access_token", token))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer\tabc")]
    [InlineData("Basic YTpi")]
    [InlineData("bearerabc")]
    public async Task A_malformed_header_is_an_invalid_request(string authorization) =>
        ErrorOf(await HandleAsync(authorization)).ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("invalid_request"),
            error => error.Status.ShouldBe(400),
            error => error.Challenge!.ShouldStartWith("Bearer "));

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        var error = ErrorOf(await HandleAsync(null));

        error.Status.ShouldBe(401);
        error.Challenge.ShouldBe("Bearer realm=\"Hearthkey\"");
    }

    [Fact]
    public async Task A_token_without_openid_has_too_little_scope()
    {
        var error = ErrorOf(await _provider.UserInfoAsync((await _provider.TokensAsync("profile")).AccessToken));

        error.Code.ShouldBe("insufficient_scope");
        error.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_disabled_user_has_no_userinfo()
    {
        var tokens = await _provider.TokensAsync();
        _provider.Subjects.Refused.Add(1);

        ErrorOf(await _provider.UserInfoAsync(tokens.AccessToken)).Code.ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_revoked_grant_ends_its_access_tokens()
    {
        var tokens = await _provider.TokensAsync();
        await _provider.Grants.RevokeGrantAsync(tokens.Grant.Key, TestContext.Current.CancellationToken);

        ErrorOf(await _provider.UserInfoAsync(tokens.AccessToken)).Code.ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_revoked_jti_ends_one_access_token()
    {
        var tokens = await _provider.TokensAsync();
        _provider.Grants.RevokedJtis.Add(TestProvider.ClaimsOf(tokens.AccessToken).GetProperty("jti").GetString()!);

        ErrorOf(await _provider.UserInfoAsync(tokens.AccessToken)).Status.ShouldBe(401);
    }
}
