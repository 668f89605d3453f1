using System.Text;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §4.4, and authentik's way to send an app password with it.</summary>
public sealed class ClientCredentialsTests
{
    private readonly TestProvider _provider = new(client => client with { GrantTypes = [GrantType.AuthorizationCode, GrantType.ClientCredentials] });

    [Fact]
    public async Task A_client_gets_tokens_for_itself_and_no_refresh_token()
    {
        var tokens = (await AskAsync(("scope", "openid profile offline_access"))).Tokens();

        tokens.RefreshToken.ShouldBeNull();
        tokens.Scopes.ShouldBe(["openid", "profile"]);
        var claims = TestProvider.ClaimsOf(tokens.AccessToken);
        claims.GetProperty("sub").GetString().ShouldBe("sub-bob");
        claims.GetProperty("preferred_username").GetString().ShouldBe("bob");
        claims.TryGetProperty("sid", out _).ShouldBeFalse();
        TestProvider.ClaimsOf(tokens.IdToken).GetProperty("sub").GetString().ShouldBe("sub-bob");
        _provider.Attempts.Judged.ShouldBe([("app", true)]);
    }

    [Fact]
    public async Task A_request_that_names_no_scope_gets_all_but_those_that_must_be_asked_for()
    {
        _provider.Clients.Set(_provider.App with { Scopes = [Scope.Profile, Scope.OfflineAccess, Scope.Api] });

        (await AskAsync()).Tokens().Scopes.ShouldBe(["profile"]);
        (await AskAsync(("scope", $"{Scope.Api} {Scope.OfflineAccess} openid"))).Tokens().Scopes.ShouldBe(["openid"]);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task A_client_without_its_secret_gets_nothing_for_itself(string? secret) =>
        (await AskAsync(("client_secret", secret))).Error().Code.ShouldBe("invalid_client");

    [Fact]
    public async Task A_public_client_gets_nothing_for_itself_but_tokens_for_a_person()
    {
        (await AskAsync(("client_id", "phone"), ("client_secret", null))).Error().Code.ShouldBe("unauthorized_client");

        (await AsAdaAsync(("client_id", "phone"))).Tokens().Grant.Authentication.UserKey.ShouldBe(1);
    }

    [Fact]
    public async Task An_app_password_gets_tokens_for_its_person_without_the_clients_secret()
    {
        var tokens = (await AsAdaAsync()).Tokens();

        TestProvider.ClaimsOf(tokens.AccessToken).GetProperty("sub").GetString().ShouldBe("sub-ada");
        tokens.Grant.SecretHash.ShouldBe("hash-of-adas");
        _provider.Attempts.JudgedPeople.ShouldBe([("ada", true)]);
        _provider.Attempts.Judged.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_that_is_sent_beside_an_app_password_must_be_right() =>
        (await AsAdaAsync(("client_secret", "wrong"))).Error().Code.ShouldBe("invalid_client");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_app_password_may_come_in_place_of_the_clients_secret(bool inHeader)
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:app-password"));
        var outcome = inHeader
            ? await _provider.PostAsync("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("app:" + secret)), [new("grant_type", "client_credentials")])
            : await AskAsync(("client_secret", secret));

        outcome.Tokens().Grant.Authentication.UserKey.ShouldBe(1);
        _provider.Attempts.Judged.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "app-password")]
    public async Task A_wrong_name_or_app_password_reads_the_same(string username, string password)
    {
        var error = (await AsAdaAsync(("username", username), ("password", password))).Error();

        error.Code.ShouldBe("invalid_grant");
        error.Description.ShouldBe("The user name or app password is wrong or has ended, or its user may not open the application.");
        _provider.Attempts.JudgedPeople.ShouldBe([(username, false)]);
    }

    [Fact]
    public async Task Somebody_who_may_not_open_the_application_reads_the_same_and_the_operator_why()
    {
        _provider.Subjects.Refused.Add(1);
        var denied = (await AsAdaAsync()).Error();
        _provider.Subjects.Refused.Clear();
        _provider.Programs.Passwords[("ada", "app-password")] = new(1, "hash-of-adas", WhyNot: "It is limited to another application.");
        var limited = (await AsAdaAsync()).Error();

        denied.Description.ShouldBe(limited.Description);
        denied.Code.ShouldBe("invalid_grant");
        limited.Detail.ShouldBe("It is limited to another application.");
    }

    [Fact]
    public async Task Too_many_wrong_app_passwords_must_wait_whatever_comes()
    {
        _provider.Attempts.PersonWait = TimeSpan.FromSeconds(8);

        var error = (await AsAdaAsync()).Error();

        error.Status.ShouldBe(429);
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(8));
        _provider.Attempts.JudgedPeople.ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_share_one_grant_for_each_client_user_password_and_set_of_scopes()
    {
        var first = (await AsAdaAsync(("scope", "openid profile"))).Tokens();
        var again = (await AsAdaAsync(("scope", "profile openid"))).Tokens();
        var less = (await AsAdaAsync(("scope", "openid"))).Tokens();
        var own = (await AskAsync(("scope", "openid"))).Tokens();

        again.Grant.Key.ShouldBe(first.Grant.Key);
        new[] { first.Grant.Key, less.Grant.Key, own.Grant.Key }.ShouldBeUnique();
        (await _provider.UserInfoAsync(first.AccessToken)).ShouldBeOfType<Hearthkey.Oidc.UserInfo.UserInfoOutcome.Found>();
    }

    [Fact]
    public async Task Tokens_end_with_the_app_password_that_they_come_from()
    {
        _provider.Programs.Passwords[("ada", "app-password")] = new(1, "hash-of-adas", _provider.Time.GetUtcNow().AddMinutes(7));

        var tokens = (await AsAdaAsync()).Tokens();

        tokens.ExpiresIn.ShouldBe(TimeSpan.FromMinutes(7));
        TestProvider.ClaimsOf(tokens.AccessToken).GetProperty("exp").GetInt64().ShouldBe(_provider.Time.GetUtcNow().AddMinutes(7).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_client_that_may_not_use_the_grant_is_refused_before_anything_is_looked_up()
    {
        _provider.Clients.Set(_provider.App with { GrantTypes = [GrantType.AuthorizationCode] });

        (await AsAdaAsync()).Error().Code.ShouldBe("unauthorized_client");
        _provider.Attempts.JudgedPeople.ShouldBeEmpty();
    }

    private Task<TokenOutcome> AskAsync(params (string Name, string? Value)[] changes) => _provider.PostAsync(null, TestProvider.Merge(
        [("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "s3cret")], changes));

    private Task<TokenOutcome> AsAdaAsync(params (string Name, string? Value)[] changes) => _provider.PostAsync(null, TestProvider.Merge(
        [("grant_type", "client_credentials"), ("client_id", "app"), ("username", "ada"), ("password", "app-password")], changes));
}
