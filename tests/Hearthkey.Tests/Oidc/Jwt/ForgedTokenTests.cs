using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Oidc.Metadata;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Jwt;

/// <summary>RFC 8725: the header of a token decides nothing.</summary>
public sealed class ForgedTokenTests
{
    private readonly TestProvider _provider = new(client => client with { SigningKey = TestKeys.Rs256 });

    private async Task ShouldBeRefusedAsync(string token)
    {
        (await _provider.AccessTokens.FindAsync(token, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await _provider.UserInfoAsync(token)).ShouldBeOfType<UserInfoOutcome.Refused>();
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string SignedByUs(string header, string payload)
    {
        using var rsa = RSA.Create(TestKeys.RsaParameters);
        var content = Encode(header) + "." + Encode(payload);
        return content + "." + Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private async Task<string> PayloadAsync() => Encoding.UTF8.GetString(Base64Url.DecodeFromChars((await _provider.TokensAsync()).AccessToken.Split('.')[1]));

    private const string GoodHeader = """{"alg":"RS256","kid":"rs256","typ":"at+jwt"}""";

    [Fact]
    public async Task The_forgers_workshop_makes_good_tokens_when_it_forges_nothing() =>
        (await _provider.UserInfoAsync(SignedByUs(GoodHeader, await PayloadAsync()))).ShouldBeOfType<UserInfoOutcome.Found>();

    [Theory]
    [InlineData("""{"alg":"none","kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"None","kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS512","kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"PS256","kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"../../dev/null","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"' or 1=1 --","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"https://evil.example/key","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":null,"typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":7,"typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":["RS256"],"kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"rs256","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"rs256","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"RS256","kid":"rs256"}""")]
    [InlineData("""{"alg":"RS256","kid":"rs256","typ":"at+jwt","crit":["exp"]}""")]
    [InlineData("""{"alg":"RS256","kid":"rs256","typ":"at+jwt","alg":"RS256"}""")]
    [InlineData("""{"alg":"PBES2-HS512+A256KW","p2c":2147483647,"kid":"rs256","typ":"at+jwt"}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_header_that_is_not_exactly_ours_is_refused_although_the_signature_is_right(string header) =>
        await ShouldBeRefusedAsync(SignedByUs(header, await PayloadAsync()));

    [Fact]
    public async Task No_signature_is_no_token()
    {
        var parts = (await _provider.TokensAsync()).AccessToken.Split('.');

        await ShouldBeRefusedAsync(parts[0] + "." + parts[1] + ".");
        await ShouldBeRefusedAsync(Encode("""{"alg":"none","typ":"at+jwt"}""") + "." + parts[1] + ".");
    }

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        var payload = await PayloadAsync();
        using var rsa = RSA.Create(TestKeys.RsaParameters);
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(), Encoding.UTF8.GetString(JwksDocument.Write(_provider.App)), "" })
            foreach (var kid in new[] { "\"kid\":\"rs256\",", "" })
            {
                var content = Encode($$"""{"alg":"HS256",{{kid}}"typ":"at+jwt"}""") + "." + Encode(payload);
                var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(content));
                await ShouldBeRefusedAsync(content + "." + Base64Url.EncodeToString(mac));
            }
    }

    [Fact]
    public async Task An_embedded_key_is_never_used()
    {
        var payload = await PayloadAsync();
        using var mine = RSA.Create(2048);
        var modulus = Base64Url.EncodeToString(mine.ExportParameters(false).Modulus);
        foreach (var extra in new[] { $$"""
            "jwk":{"kty":"RSA","n":"{{modulus}}","e":"AQAB"}
            """, """
            "jku":"https://evil.example/jwks"
            """, """
            "x5u":"https://evil.example/cert"
            """ })
        {
            var content = Encode($$"""{"alg":"RS256","kid":"rs256","typ":"at+jwt",{{extra}}}""") + "." + Encode(payload);
            var signature = mine.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            await ShouldBeRefusedAsync(content + "." + Base64Url.EncodeToString(signature));
        }
    }

    [Fact]
    public async Task A_changed_character_anywhere_breaks_it()
    {
        var token = (await _provider.TokensAsync()).AccessToken;

        for (var index = 0; index < token.Length; index += 13)
            await ShouldBeRefusedAsync(token[..index] + (token[index] == 'A' ? 'B' : 'A') + token[(index + 1)..]);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("sub")]
    [InlineData("jti")]
    [InlineData("grant")]
    [InlineData("client_id")]
    public async Task A_token_that_lacks_a_claim_is_refused(string claim)
    {
        var payload = global::System.Text.Json.Nodes.JsonNode.Parse(await PayloadAsync())!.AsObject();
        payload.Remove(claim).ShouldBeTrue();

        await ShouldBeRefusedAsync(SignedByUs(GoodHeader, payload.ToJsonString()));
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example/\"")]
    [InlineData("aud", "\"phone\"")]
    [InlineData("aud", "[\"app\"]")]
    [InlineData("exp", "0")]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "99999999999999999999")]
    [InlineData("exp", "-1")]
    [InlineData("grant", "999")]
    [InlineData("grant", "\"1\"")]
    [InlineData("client_id", "\"nobody\"")]
    [InlineData("client_id", "\"phone\"")]
    public async Task A_claim_that_is_not_ours_is_refused(string claim, string value)
    {
        var payload = global::System.Text.Json.Nodes.JsonNode.Parse(await PayloadAsync())!.AsObject();
        payload[claim] = global::System.Text.Json.Nodes.JsonNode.Parse(value);

        await ShouldBeRefusedAsync(SignedByUs(GoodHeader, payload.ToJsonString()));
    }

    [Fact]
    public async Task An_expiry_beyond_the_calendar_is_an_answer_and_no_crash()
    {
        var payload = global::System.Text.Json.Nodes.JsonNode.Parse(await PayloadAsync())!.AsObject();
        payload["exp"] = long.MaxValue;

        await ShouldBeRefusedAsync(SignedByUs(GoodHeader, payload.ToJsonString()));
    }

    [Fact]
    public async Task Duplicate_claims_are_refused()
    {
        var payload = await PayloadAsync();

        await ShouldBeRefusedAsync(SignedByUs(GoodHeader, payload[..^1] + ",\"sub\":\"sub-bob\"}"));
    }

    [Fact]
    public async Task An_expired_token_is_refused_to_the_second()
    {
        var token = (await _provider.TokensAsync()).AccessToken;
        _provider.Time.Advance(TimeSpan.FromSeconds(3599));
        (await _provider.UserInfoAsync(token)).ShouldBeOfType<UserInfoOutcome.Found>();
        _provider.Time.Advance(TimeSpan.FromSeconds(1));

        await ShouldBeRefusedAsync(token);
    }

    [Fact]
    public async Task Shapes_that_are_no_token_are_refused_at_once()
    {
        var token = (await _provider.TokensAsync()).AccessToken;

        foreach (var shape in new[]
        {
            "", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", token + ".", "." + token, token + "=", token + " x", token.Replace('.', ','),
            new string('.', 1_000_000), new string('a', 1_000_000), token + new string('A', 1_000_000), Encode(new string('[', 5000)) + ".e30.AA",
        })
            await ShouldBeRefusedAsync(shape);
    }
}
