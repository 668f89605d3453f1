using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Core;

/// <summary>OpenID Connect Core §3.1.2.1, §3.1.2.2: what a request may hold.</summary>
public sealed class AuthorizeRequestTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public void A_good_request_is_read_whole()
    {
        var request = _provider.Valid(("max_age", "60"), ("login_hint", "ada"), ("ui_locales", "de en"), ("prompt", "login consent"), ("extra", "foobar"));

        request.Client.ClientId.ShouldBe("app");
        request.RedirectUri.ShouldBe(TestProvider.RedirectUri);
        request.Scopes.ShouldBe(["openid", "profile", "email"]);
        request.State.ShouldBe("st&te");
        request.Nonce.ShouldBe("n-1");
        request.MaxAge.ShouldBe(TimeSpan.FromMinutes(1));
        request.LoginHint.ShouldBe("ada");
        request.UiLocales.ShouldBe("de en");
        request.Prompts.ShouldBe(Prompts.Login | Prompts.Consent);
        request.CodeChallengeMethod.ShouldBe(CodeChallengeMethod.S256);
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token token", "unsupported_response_type")]
    [InlineData("response_type", "CODE", "unsupported_response_type")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("response_mode", "query.jwt", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://foo.example.com/request", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "consent none", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("max_age", "1.5", "invalid_request")]
    [InlineData("id_token_hint", "nonsense", "invalid_request")]
    public void A_bad_parameter_is_told_to_the_client(string name, string? value, string error) =>
        _provider.RefusalOf((name, value)).ShouldBe(error);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10000", 10000)]
    public void Max_age_is_whole_seconds_from_zero(string sent, int seconds) =>
        _provider.Valid(("max_age", sent)).MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void A_giant_max_age_is_no_overflow() => _provider.Valid(("max_age", "9223372036854775807")).MaxAge.ShouldNotBeNull();

    [Fact]
    public void An_unknown_client_gets_a_page()
    {
        var error = _provider.PageErrorOf(("client_id", "App"));

        error.Problem.ShouldBe(PageProblem.Client);
        error.SentClientId.ShouldBe("App");
    }

    [Fact]
    public void A_missing_client_gets_a_page() => _provider.PageErrorOf(("client_id", null)).Problem.ShouldBe(PageProblem.Client);

    [Fact]
    public void A_missing_redirect_uri_gets_a_page_though_only_one_is_registered() =>
        _provider.PageErrorOf(("redirect_uri", null)).Problem.ShouldBe(PageProblem.RedirectUri);

    [Fact]
    public void Unknown_scopes_are_dropped_and_each_stands_once() =>
        _provider.Valid(("scope", "email  unknown openid email goauthentik.io/api")).Scopes.ShouldBe(["email", "openid"]);

    [Fact]
    public void A_request_without_scope_gets_all_but_those_that_must_be_asked_for()
    {
        var provider = new TestProvider(client => client with { Scopes = ["openid", "profile", Scope.OfflineAccess, Scope.Api] });

        provider.Valid(("scope", null)).Scopes.ShouldBe(["openid", "profile"]);
    }

    [Fact]
    public void Openid_need_not_be_configured() =>
        new TestProvider(client => client with { Scopes = [] }).Valid(("scope", "openid profile")).Scopes.ShouldBe(["openid"]);

    [Fact]
    public void A_client_that_nothing_can_sign_for_is_told_so() =>
        new TestProvider(client => client with { SigningKey = null, Secret = "" }).RefusalOf().ShouldBe("server_error");

    [Fact]
    public void A_client_without_the_code_grant_is_refused() =>
        new TestProvider(client => client with { GrantTypes = [GrantType.RefreshToken] }).RefusalOf().ShouldBe("unauthorized_client");
}
