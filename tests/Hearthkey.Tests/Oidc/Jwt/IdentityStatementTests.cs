using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Introspection;
using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Metadata;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Jwt;

/// <summary>DESIGN 6.7: what applications behind a proxy are told is signed for them alone, and is no token for anything.</summary>
public sealed class IdentityStatementTests
{
    private static readonly SigningKey _key = SigningKey.FromSecret("0123456789abcdef0123456789abcdef"u8, "statements of provider 7");

    [Fact]
    public void It_says_who_for_whom_and_for_five_minutes()
    {
        var now = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        var text = Sign(now);

        TestProvider.PartOf(text, 0).GetProperty("typ").GetString().ShouldBe("hearthkey-identity+jwt");
        TestProvider.PartOf(text, 0).GetProperty("alg").GetString().ShouldBe("ES256");
        TestProvider.PartOf(text, 0).GetProperty("kid").GetString().ShouldBe(_key.KeyId);
        var claims = TestProvider.ClaimsOf(text);
        claims.GetProperty("iss").GetString().ShouldBe("https://id.example.com/application/o/app/");
        claims.GetProperty("aud").GetString().ShouldBe("app");
        claims.GetProperty("sub").GetString().ShouldBe("sub-ada");
        claims.GetProperty("preferred_username").GetString().ShouldBe("ada");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(300);
        claims.GetProperty("iat").GetInt64().ShouldBe(now.ToUnixTimeSeconds());
    }

    [Fact]
    public void Its_key_is_published_and_verifies_it()
    {
        var provider = new TestProvider(client => client with { StatementKeys = [_key] });
        var jwks = JsonDocument.Parse(JwksDocument.Write(provider.App)).RootElement.GetProperty("keys").EnumerateArray().ToList();
        jwks.Count.ShouldBe(2);
        var jwk = jwks.Single(k => k.GetProperty("kid").GetString() == _key.KeyId);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        var parts = Sign(provider.Time.GetUtcNow()).Split('.');

        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
        jwk.TryGetProperty("d", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_refused_wherever_a_token_is_taken_even_with_its_key_published()
    {
        var provider = new TestProvider(client => client with { StatementKeys = [_key], GrantTypes = [GrantType.AuthorizationCode, GrantType.RefreshToken] });
        var text = Sign(provider.Time.GetUtcNow());

        (await provider.UserInfoAsync(text)).ShouldBeOfType<UserInfoOutcome.Refused>();
        (await provider.AccessTokens.FindAsync(text, TestContext.Current.CancellationToken)).ShouldBeNull();
        var told = await provider.Introspection.HandleAsync(
            [new("token", text), new("client_id", "app"), new("client_secret", "s3cret")], null, null, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(told.ShouldBeOfType<IntrospectionOutcome.Answered>().Json.Span).ShouldBe("""{"active": false}""");
        (await provider.RefreshAsync(text)).Error().Code.ShouldBe("invalid_grant");
    }

    [Fact]
    public void A_key_from_a_secret_is_the_same_on_every_node_and_another_for_every_secret_and_purpose()
    {
        SigningKey.FromSecret("0123456789abcdef0123456789abcdef"u8, "statements of provider 7").KeyId.ShouldBe(_key.KeyId);
        SigningKey.FromSecret("0123456789abcdef0123456789abcdef"u8, "statements of provider 8").KeyId.ShouldNotBe(_key.KeyId);
        SigningKey.FromSecret("1123456789abcdef0123456789abcdef"u8, "statements of provider 7").KeyId.ShouldNotBe(_key.KeyId);
        Enumerable.Range(0, 200).Select(i => SigningKey.FromSecret(Encoding.ASCII.GetBytes(new string('k', 32) + i), "x").KeyId).Distinct().Count().ShouldBe(200);
    }

    private static string Sign(DateTimeOffset now) => IdentityStatement.Sign(
        _key, "https://id.example.com/application/o/app/", "app", "sub-ada", new JsonObject { ["preferred_username"] = "ada", ["aud"] = "forged" }, now);
}
