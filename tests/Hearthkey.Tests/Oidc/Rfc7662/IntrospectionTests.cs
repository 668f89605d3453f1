using System.Text;
using System.Text.Json;
using Hearthkey.Oidc.Introspection;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Rfc7662;

/// <summary>RFC 7662: a client hears of its own live tokens, and of nothing else.</summary>
public sealed class IntrospectionTests
{
    private readonly TestProvider _provider = new();

    [Fact]
    public async Task An_access_token_is_told_with_what_it_says()
    {
        var tokens = await _provider.TokensAsync("openid profile");

        var answer = await AnswerAsync(tokens.AccessToken);

        answer.GetProperty("active").GetBoolean().ShouldBeTrue();
        answer.GetProperty("scope").GetString().ShouldBe("openid profile");
        answer.GetProperty("client_id").GetString().ShouldBe("app");
        answer.GetProperty("token_type").GetString().ShouldBe("Bearer");
        answer.GetProperty("sub").GetString().ShouldBe("sub-ada");
        answer.GetProperty("aud").GetString().ShouldBe("app");
        answer.GetProperty("iss").GetString().ShouldBe("https://id.example.com/application/o/app/");
        answer.GetProperty("preferred_username").GetString().ShouldBe("ada");
        answer.GetProperty("iat").GetInt64().ShouldBe(_provider.Time.GetUtcNow().ToUnixTimeSeconds());
        answer.GetProperty("exp").GetInt64().ShouldBe(_provider.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_refresh_token_is_told_until_it_is_used()
    {
        var tokens = await _provider.TokensAsync();

        var answer = await AnswerAsync(tokens.RefreshToken!);
        answer.GetProperty("active").GetBoolean().ShouldBeTrue();
        answer.GetProperty("scope").GetString().ShouldBe("openid profile email offline_access");
        answer.TryGetProperty("token_type", out _).ShouldBeFalse();

        await _provider.RefreshAsync(tokens.RefreshToken);
        (await RawAsync(tokens.RefreshToken!)).ShouldBe("""{"active": false}""");
        // asking about a used one is no attempt to use it: its family lives
        _provider.Grants.Revoked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_has_ended_is_not_active()
    {
        var revoked = await _provider.TokensAsync();
        await _provider.Grants.RevokeGrantAsync(revoked.Grant.Key, TestContext.Current.CancellationToken);
        var alone = await _provider.TokensAsync();
        _provider.Grants.RevokedJtis.Add(TestProvider.ClaimsOf(alone.AccessToken).GetProperty("jti").GetString()!);
        foreach (var token in new[] { revoked.AccessToken, revoked.RefreshToken!, alone.AccessToken, alone.IdToken, "nonsense", "a.b.c" })
            (await RawAsync(token)).ShouldBe("""{"active": false}""");

        var late = await _provider.TokensAsync();
        _provider.Time.Advance(TimeSpan.FromHours(1));
        (await RawAsync(late.AccessToken)).ShouldBe("""{"active": false}""");
        _provider.Time.Advance(TimeSpan.FromDays(30));
        (await RawAsync(late.RefreshToken!)).ShouldBe("""{"active": false}""");
    }

    [Fact]
    public async Task Somebody_who_may_no_longer_open_the_application_has_no_active_token()
    {
        var tokens = await _provider.TokensAsync();
        _provider.Subjects.Refused.Add(1);

        (await RawAsync(tokens.AccessToken)).ShouldBe("""{"active": false}""");
        (await RawAsync(tokens.RefreshToken!)).ShouldBe("""{"active": false}""");
    }

    [Fact]
    public async Task Tokens_of_another_client_are_not_active()
    {
        _provider.Clients.Set(_provider.App with { ClientId = "other", Secret = "0ther" });
        var tokens = await _provider.TokensAsync();

        (await RawAsync(tokens.AccessToken, "other", "0ther")).ShouldBe("""{"active": false}""");
        (await RawAsync(tokens.RefreshToken!, "other", "0ther")).ShouldBe("""{"active": false}""");
    }

    [Fact]
    public async Task A_client_proves_itself_by_header_or_form()
    {
        var tokens = await _provider.TokensAsync();
        var header = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("app:s3cret"));

        var outcome = await _provider.Introspection.HandleAsync([new("token", tokens.AccessToken)], header, null, TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(outcome.ShouldBeOfType<IntrospectionOutcome.Answered>().Json.Span).ShouldContain("\"active\":true");
    }

    [Theory]
    [InlineData("app", "wrong", "invalid_client", 401)]
    [InlineData("app", null, "invalid_client", 401)]
    [InlineData("nobody", "s3cret", "invalid_client", 401)]
    [InlineData("phone", null, "invalid_client", 401)]
    public async Task Who_cannot_prove_to_be_a_client_is_refused(string client, string? secret, string code, int status)
    {
        var tokens = await _provider.TokensAsync();

        var error = (await AskAsync(tokens.AccessToken, client, secret)).ShouldBeOfType<IntrospectionOutcome.Refused>().Error;

        (error.Code, error.Status).ShouldBe((code, status));
    }

    [Fact]
    public async Task A_request_without_a_token_is_an_invalid_request() =>
        (await AskAsync(null, "app", "s3cret")).ShouldBeOfType<IntrospectionOutcome.Refused>().Error.Code.ShouldBe("invalid_request");

    [Fact]
    public async Task A_mapping_cannot_make_a_token_look_other_than_it_is()
    {
        foreach (var claim in new[] { "active", "client_id", "scope", "exp", "sub" }) _provider.Subjects.MoreClaims[claim] = "forged";
        var tokens = await _provider.TokensAsync();

        (await RawAsync(tokens.AccessToken)).ShouldNotContain("forged");
    }

    private async Task<IntrospectionOutcome> AskAsync(string? token, string client, string? secret) => await _provider.Introspection.HandleAsync(
        TestProvider.Merge([("token", token), ("client_id", client), ("client_secret", secret)], []), null, _provider.Attempts, TestContext.Current.CancellationToken);

    private async Task<string> RawAsync(string token, string client = "app", string secret = "s3cret") =>
        Encoding.UTF8.GetString((await AskAsync(token, client, secret)).ShouldBeOfType<IntrospectionOutcome.Answered>().Json.Span);

    private async Task<JsonElement> AnswerAsync(string token)
    {
        using var document = JsonDocument.Parse(await RawAsync(token));
        return document.RootElement.Clone();
    }
}
