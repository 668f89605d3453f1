using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc8252;

/// <summary>RFC 8252 §7.3: a native app listens on whatever port it gets.</summary>
public sealed class LoopbackPortTests
{
    private static AuthorizeOutcome Validate(string clientId, string registered, string sent) =>
        new TestProvider(client => client with { RedirectUris = [new(MatchingMode.Strict, registered)] })
            .Validate(("client_id", clientId), ("redirect_uri", sent));

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb")]
    [InlineData("http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb")]
    [InlineData("http://127.0.0.1:8080/cb?a=b", "http://127.0.0.1/cb?a=b")]
    [InlineData("http://[::1]/cb", "http://[::1]:51234/cb")]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:51234")]
    public void A_public_client_may_come_back_on_another_port(string registered, string sent) =>
        Validate("phone", registered, sent).ShouldBeOfType<AuthorizeOutcome.Valid>().Request.RedirectUri.ShouldBe(sent);

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb2")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb?a=b")]
    [InlineData("http://127.0.0.1/cb", "https://127.0.0.1:51234/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:0/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:80x/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.2:51234/cb")]
    [InlineData("http://127.0.0.1/cb", "http://[::1]:51234/cb")]
    [InlineData("http://localhost/cb", "http://localhost:51234/cb")]
    [InlineData("https://foo.example.com/cb", "https://foo.example.com:8443/cb")]
    public void Nothing_but_the_port_of_an_IP_literal_may_differ(string registered, string sent) =>
        Validate("phone", registered, sent).ShouldBeOfType<AuthorizeOutcome.ShowError>();

    [Fact]
    public void A_confidential_client_has_no_such_exception() =>
        Validate("app", "http://127.0.0.1/cb", "http://127.0.0.1:51234/cb").ShouldBeOfType<AuthorizeOutcome.ShowError>();

    [Fact]
    public async Task The_token_request_must_have_the_same_port()
    {
        var provider = new TestProvider(client => client with { RedirectUris = [new(MatchingMode.Strict, "http://127.0.0.1/cb")] });
        var code = await provider.CodeAsync(("client_id", "phone"), ("redirect_uri", "http://127.0.0.1:5000/cb"));

        (await provider.RedeemAsync(code, ("client_id", "phone"), ("client_secret", null), ("redirect_uri", "http://127.0.0.1:5001/cb"))).Error().Code.ShouldBe("invalid_grant");
        (await provider.RedeemAsync(code, ("client_id", "phone"), ("client_secret", null), ("redirect_uri", "http://127.0.0.1:5000/cb"))).Tokens();
    }
}
