using System.Text.Json;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc6749;

/// <summary>RFC 6749 §3.3, §5.2: flows that are off stay off, scopes do not grow, and sizes are bounded.</summary>
public sealed class TokenRequestTests
{
    private readonly TestProvider _provider = new();

    [Theory]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("AUTHORIZATION_CODE")]
    public async Task A_grant_that_is_not_built_is_unsupported_even_when_the_client_lists_it(string grantType)
    {
        _provider.Clients.Set(_provider.App with { GrantTypes = [grantType, GrantType.AuthorizationCode] });

        (await _provider.RedeemAsync(await _provider.CodeAsync(), ("grant_type", grantType), ("username", "ada"), ("password", "x")))
            .Error().Code.ShouldBe("unsupported_grant_type");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("id_token token")]
    [InlineData("code token")]
    [InlineData("code id_token")]
    [InlineData("code id_token token")]
    [InlineData("none")]
    public void Front_channel_tokens_are_off_by_every_path(string responseType)
    {
        foreach (var mode in new[] { "query", "fragment", "form_post", null })
            _provider.Validate(("response_type", responseType), ("response_mode", mode), ("prompt", "none")).ShouldBeOfType<AuthorizeOutcome.Refused>();
    }

    [Fact]
    public async Task A_grant_that_the_client_lacks_is_refused_at_the_token_endpoint_too()
    {
        var code = await _provider.CodeAsync();
        _provider.Clients.Set(_provider.App with { GrantTypes = [GrantType.RefreshToken] });

        (await _provider.RedeemAsync(code)).Error().Code.ShouldBe("unauthorized_client");
    }

    [Fact]
    public async Task Scopes_do_not_grow_at_the_token_step()
    {
        var tokens = (await _provider.RedeemAsync(await _provider.CodeAsync(("scope", "openid")), ("scope", "openid profile email offline_access"))).Tokens();

        tokens.Scopes.ShouldBe(["openid"]);
        tokens.RefreshToken.ShouldBeNull();
        TestProvider.ClaimsOf(tokens.IdToken).TryGetProperty("email", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("jti")]
    [InlineData("nonce")]
    [InlineData("auth_time")]
    [InlineData("acr")]
    [InlineData("sid")]
    [InlineData("at_hash")]
    [InlineData("client_id")]
    [InlineData("azp")]
    [InlineData("scope")]
    [InlineData("grant")]
    public async Task A_mapping_cannot_overwrite_a_protocol_claim(string claim)
    {
        _provider.Subjects.MoreClaims[claim] = "forged";
        var tokens = await _provider.TokensAsync();

        foreach (var token in new[] { tokens.IdToken, tokens.AccessToken })
        {
            var members = TestProvider.ClaimsOf(token).EnumerateObject().Where(member => member.Name == claim).ToList();
            members.Count.ShouldBeLessThanOrEqualTo(1);
            members.ShouldAllBe(member => member.Value.ToString() != "forged");
        }
    }

    [Theory]
    [InlineData("scope")]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("code_challenge")]
    [InlineData("response_type")]
    [InlineData("extra")]
    public void A_repeated_parameter_is_an_invalid_request(string name)
    {
        var request = TestProvider.Request((name, "a"));
        request.Add(new(name, "b"));
        if (name == "response_type")
            request.RemoveAll(pair => pair is { Key: "response_type", Value: "a" });
        request.Add(new(name, "c"));

        _provider.Authorize.Validate(request).ShouldBeOfType<AuthorizeOutcome.Refused>().Error.Error.Code.ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    public void A_repeated_client_or_redirect_uri_gets_a_page(string name)
    {
        var request = TestProvider.Request();
        request.Add(request.Single(pair => pair.Key == name));

        _provider.Authorize.Validate(request).ShouldBeOfType<AuthorizeOutcome.ShowError>().Error.Problem.ShouldBe(PageProblem.Request);
    }

    [Theory]
    [InlineData("grant_type")]
    [InlineData("code")]
    [InlineData("client_id")]
    [InlineData("code_verifier")]
    public async Task A_repeated_field_is_an_invalid_request_at_the_token_endpoint(string name)
    {
        var form = TestProvider.Merge(
            [("grant_type", "authorization_code"), ("code", await _provider.CodeAsync()), ("client_id", "app"), ("client_secret", "s3cret"),
             ("redirect_uri", TestProvider.RedirectUri), ("code_verifier", TestProvider.Verifier)], []);
        form.Add(form.Single(pair => pair.Key == name));

        (await _provider.PostAsync(null, form)).Error().Code.ShouldBe("invalid_request");
    }

    [Fact]
    public void Giant_requests_get_a_page_and_never_a_redirect()
    {
        var million = new string('x', 1_000_000);
        var scopes = string.Join(' ', Enumerable.Range(0, 10_000).Select(index => "scope" + index));
        var nested = new string('[', 100_000);

        foreach (var change in new (string, string?)[] { ("state", million), ("scope", scopes), ("claims", nested), ("nonce", million), ("redirect_uri", million) })
            _provider.PageErrorOf(change).Problem.ShouldBe(PageProblem.Request);
    }

    [Fact]
    public async Task Giant_token_requests_are_invalid_requests() =>
        (await _provider.RedeemAsync(new string('x', 1_000_000))).Error().Code.ShouldBe("invalid_request");

    [Fact]
    public void Ten_thousand_parameters_are_too_many()
    {
        var request = TestProvider.Request();
        request.AddRange(Enumerable.Range(0, 10_000).Select(index => KeyValuePair.Create("p" + index, "")));

        _provider.Authorize.Validate(request).ShouldBeOfType<AuthorizeOutcome.ShowError>();
    }

    [Fact]
    public void An_error_is_written_as_JSON()
    {
        using var json = JsonDocument.Parse(new OAuthError("invalid_grant", "Says \"no\".").ToJson());

        json.RootElement.GetProperty("error").GetString().ShouldBe("invalid_grant");
        json.RootElement.GetProperty("error_description").GetString().ShouldBe("Says \"no\".");
    }
}
