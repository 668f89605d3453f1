using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Logout;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Jwt;

/// <summary>RFC 8725 §3.9, §3.11, RFC 9068 §4: a token is good for one thing at one place.</summary>
public sealed class AudienceTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task A_validated_token_names_the_one_client_it_is_for()
    {
        var access = await _provider.AccessTokens.FindAsync((await _provider.TokensAsync()).AccessToken, TestContext.Current.CancellationToken);

        access!.Client.ShouldBe(_provider.App);
        access.Subject.ShouldBe("sub-ada");
        access.Grant.Authentication.UserKey.ShouldBe(1);
        access.Scopes.ShouldBe(["openid", "profile", "email", "offline_access"]);
        access.ExpiresAt.ShouldBe(_provider.Time.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task An_id_token_is_no_access_token() =>
        (await _provider.UserInfoAsync((await _provider.TokensAsync()).IdToken)).ShouldBeOfType<UserInfoOutcome.Refused>();

    [Fact]
    public async Task A_refresh_token_is_no_access_token() =>
        (await _provider.UserInfoAsync((await _provider.TokensAsync()).RefreshToken!)).ShouldBeOfType<UserInfoOutcome.Refused>();

    [Fact]
    public async Task An_access_token_is_no_hint()
    {
        var token = (await _provider.TokensAsync()).AccessToken;

        _provider.RefusalOf(("id_token_hint", token)).ShouldBe("invalid_request");
        EndSessionEndpoint.Validate(_provider.App, [new("id_token_hint", token)]).ShouldBeOfType<EndSessionOutcome.ShowError>();
    }

    [Fact]
    public async Task One_clients_id_token_is_no_hint_at_another()
    {
        var token = (await _provider.TokensAsync()).IdToken;

        _provider.RefusalOf(("client_id", "phone"), ("id_token_hint", token)).ShouldBe("invalid_request");
        EndSessionEndpoint.Validate(_provider.Phone, [new("id_token_hint", token)]).ShouldBeOfType<EndSessionOutcome.ShowError>()
            .Error.Problem.ShouldBe(PageProblem.Request);
    }

    [Fact]
    public async Task A_client_whose_issuer_changed_takes_its_tokens_along()
    {
        var token = (await _provider.TokensAsync()).AccessToken;
        _provider.Clients.Set(_provider.App with { Issuer = "https://id.example.com/application/o/renamed/" });

        (await _provider.UserInfoAsync(token)).ShouldBeOfType<UserInfoOutcome.Refused>();
    }
}
