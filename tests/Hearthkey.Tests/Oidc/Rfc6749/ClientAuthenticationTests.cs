using System.Text;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §2.3, §3.2.1, §5.2: which client calls.</summary>
public sealed class ClientAuthenticationTests
{
    private readonly TestProvider _provider = new();

    private async Task<TokenOutcome> RedeemWithAsync(string? authorization, params (string Name, string? Value)[] changes)
    {
        var form = TestProvider.Merge(
            [("grant_type", "authorization_code"), ("code", await _provider.CodeAsync()), ("redirect_uri", TestProvider.RedirectUri), ("code_verifier", TestProvider.Verifier)],
            changes);
        return await _provider.PostAsync(authorization, form);
    }

    private static string Basic(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    [Fact]
    public async Task Basic_works() => (await RedeemWithAsync(Basic("app:s3cret"))).Tokens().AccessToken.ShouldNotBeEmpty();

    [Fact]
    public async Task The_scheme_is_read_in_any_case() => (await RedeemWithAsync("bAsIc " + Basic("app:s3cret")[6..])).Tokens().AccessToken.ShouldNotBeEmpty();

    [Fact]
    public async Task The_body_works() => (await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", "s3cret"))).Tokens().AccessToken.ShouldNotBeEmpty();

    [Fact]
    public async Task Basic_with_the_same_id_in_the_body_works() =>
        (await RedeemWithAsync(Basic("app:s3cret"), ("client_id", "app"))).Tokens().AccessToken.ShouldNotBeEmpty();

    [Theory]
    [InlineData("a%2Bb%25+c")]
    [InlineData("a+b% c")]
    public async Task A_secret_is_form_decoded_or_taken_as_it_stands(string sent)
    {
        _provider.Clients.Set(_provider.App with { Secret = sent == "a+b% c" ? sent : "a+b% c" });

        (await RedeemWithAsync(Basic("app:" + sent))).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("app:wrong")]
    [InlineData("app:")]
    [InlineData("app")]
    [InlineData(":s3cret")]
    [InlineData("App:s3cret")]
    [InlineData("nobody:s3cret")]
    public async Task Wrong_credentials_are_401_with_a_challenge(string credentials)
    {
        var error = (await RedeemWithAsync(Basic(credentials))).Error();

        error.Code.ShouldBe("invalid_client");
        error.Status.ShouldBe(401);
        error.Challenge!.ShouldStartWith("Basic ");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic %%%")]
    [InlineData("Basic /w==")]
    [InlineData("Basic\tYXBwOnMzY3JldA==")]
    [InlineData("Bearer abc")]
    [InlineData("Bearer\t")]
    [InlineData("Digest username=app")]
    [InlineData("YXBwOnMzY3JldA==")]
    public async Task A_malformed_header_is_401_and_never_falls_back_to_the_body(string authorization) =>
        (await RedeemWithAsync(authorization, ("client_id", "app"), ("client_secret", null))).Error().Status.ShouldBe(401);

    [Theory]
    [InlineData("client_secret", "s3cret")]
    [InlineData("client_id", "phone")]
    public async Task Two_ways_at_once_are_an_invalid_request(string name, string value) =>
        (await RedeemWithAsync(Basic("app:s3cret"), (name, value))).Error().Code.ShouldBe("invalid_request");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("s3cret ")]
    [InlineData("S3CRET")]
    public async Task A_confidential_client_needs_its_secret(string? secret)
    {
        var error = (await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", secret))).Error();

        error.Code.ShouldBe("invalid_client");
        error.Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_confidential_client_without_a_secret_is_always_refused(string? configured)
    {
        _provider.Clients.Set(_provider.App with { Secret = configured });

        (await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", ""))).Error().Code.ShouldBe("invalid_client");
        (await RedeemWithAsync(Basic("app:"))).Error().Code.ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_client_assertion_is_refused_whatever_it_says() =>
        (await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", "s3cret"), ("client_assertion", "a.b.c"))).Error().Code.ShouldBe("invalid_client");

    [Fact]
    public async Task No_client_at_all_is_refused() => (await RedeemWithAsync(null)).Error().Code.ShouldBe("invalid_client");

    [Fact]
    public async Task A_public_client_authenticates_with_its_id_alone()
    {
        var code = await _provider.CodeAsync(("client_id", "phone"));

        (await _provider.RedeemAsync(code, ("client_id", "phone"), ("client_secret", null))).Tokens().AccessToken.ShouldNotBeEmpty();
    }

    [Fact]
    public void No_text_of_a_client_shows_its_secret()
    {
        _provider.App.ToString().ShouldNotContain("s3cret");
        $"{new OAuthError("invalid_client", "x")}".ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Every_secret_that_is_compared_is_judged_and_a_missing_one_is_not()
    {
        await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", "s3cret"));
        await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", "wrong"));
        await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", null));
        await RedeemWithAsync(null, ("client_id", "nobody"), ("client_secret", "s3cret"));

        _provider.Attempts.Judged.ShouldBe([("app", true), ("app", false)]);
    }

    [Theory]
    [InlineData("s3cret")]
    [InlineData("wrong")]
    public async Task Where_the_client_must_wait_the_answer_is_429_whatever_the_secret(string secret)
    {
        _provider.Attempts.Wait = TimeSpan.FromSeconds(8);

        var error = (await RedeemWithAsync(null, ("client_id", "app"), ("client_secret", secret))).Error();

        error.Status.ShouldBe(429);
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(8));
        _provider.Grants.Active.ShouldBeEmpty();
    }
}
