using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc9207;

/// <summary>RFC 9207 §2: every answer names its issuer, so that no other server's answer can be passed off as ours.</summary>
public sealed class IssuerInResponseTests
{
    private readonly TestProvider _provider = new();

    [Theory]
    [InlineData(null, '?')]
    [InlineData("query", '?')]
    [InlineData("fragment", '#')]
    public async Task A_success_has_code_state_and_issuer_where_the_mode_says(string? mode, char separator)
    {
        var location = (await _provider.Authorize.IssueAsync(_provider.Valid(("response_mode", mode)), _provider.Ada, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        location.ShouldStartWith(TestProvider.RedirectUri + separator);
        var answer = TestProvider.QueryOf(location);
        answer.Keys.ShouldBe(["code", "state", "iss"]);
        answer["state"].ShouldBe("st&te");
        answer["iss"].ShouldBe(_provider.App.Issuer);
        answer["code"].Length.ShouldBe(43);
    }

    [Fact]
    public void An_error_has_state_and_issuer_too()
    {
        var error = _provider.Validate(("response_type", "token")).ShouldBeOfType<AuthorizeOutcome.Refused>().Error;

        error.Location.ShouldStartWith(TestProvider.RedirectUri + "#error=unsupported_response_type&");
        TestProvider.QueryOf(error.Location)["iss"].ShouldBe(_provider.App.Issuer);
        TestProvider.QueryOf(error.Location)["state"].ShouldBe("st&te");
    }

    [Fact]
    public void An_error_that_the_server_finds_later_has_them_too()
    {
        var error = AuthorizeEndpoint.Refuse(_provider.Valid(), new OAuthError("access_denied", "The person may not open this app."));

        TestProvider.QueryOf(error.Location).Keys.ShouldBe(["error", "error_description", "state", "iss"]);
    }

    [Theory]
    [InlineData("a b&c=d#e?f%20+")]
    [InlineData("\r\nSet-Cookie: x=y")]
    [InlineData("\u00e4\u20ac<script>")]
    public void State_comes_back_as_it_was_and_breaks_out_of_nothing(string state)
    {
        var location = AuthorizeEndpoint.Refuse(_provider.Valid(("state", state)), new OAuthError("access_denied", "No.")).Location;

        location.ShouldAllBe(character => character > ' ' && character < '\u007f' && character != '<');
        TestProvider.QueryOf(location)["state"].ShouldBe(state);
    }

    [Fact]
    public void Without_state_there_is_none() =>
        TestProvider.QueryOf(AuthorizeEndpoint.Refuse(_provider.Valid(("state", null)), new OAuthError("access_denied", "No.")).Location)
            .Keys.ShouldNotContain("state");
}
