using System.Security.Cryptography;
using System.Text;
using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Metadata;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearthkey.Tests.Oidc.Jwt;

/// <summary>RFC 7515, RFC 7518: what we sign, another library can verify with nothing but our published keys.</summary>
public sealed class SigningTests
{
    private static async Task<TokenValidationResult> ValidateAsync(TestProvider provider, string token, params SecurityKey[] keys) =>
        await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.App.Issuer,
            ValidAudience = "app",
            IssuerSigningKeys = keys.Length > 0 ? keys : new JsonWebKeySet(Encoding.UTF8.GetString(JwksDocument.Write(provider.App))).GetSigningKeys(),
            ValidAlgorithms = ["RS256", "ES256", "ES384", "ES512", "HS256"],
            LifetimeValidator = (_, expires, _, _) => expires > provider.Time.GetUtcNow().UtcDateTime,
        });

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("RS256")]
    public async Task Another_library_verifies_both_tokens_with_the_published_key(string algorithm)
    {
        var provider = new TestProvider(client => client with { SigningKey = TestKeys.ByName(algorithm) });
        var tokens = await provider.TokensAsync();

        foreach (var token in new[] { tokens.IdToken, tokens.AccessToken })
        {
            var result = await ValidateAsync(provider, token);
            result.IsValid.ShouldBeTrue(result.Exception?.Message);
            TestProvider.PartOf(token, 0).GetProperty("alg").GetString().ShouldBe(algorithm);
        }
        (await provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
    }

    [Fact]
    public async Task Without_a_key_the_client_secret_signs()
    {
        const string secret = "a client secret that is long enough for HS256";
        var provider = new TestProvider(client => client with { SigningKey = null, Secret = secret });
        var tokens = (await provider.RedeemAsync(await provider.CodeAsync(), ("client_secret", secret))).Tokens();

        var result = await ValidateAsync(provider, tokens.IdToken, new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)));

        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        TestProvider.PartOf(tokens.IdToken, 0).TryGetProperty("kid", out _).ShouldBeFalse();
        (await provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
    }

    [Theory]
    [InlineData("ES256", 16)]
    [InlineData("ES384", 24)]
    [InlineData("ES512", 32)]
    [InlineData("RS256", 16)]
    public async Task At_hash_is_half_of_the_algorithms_own_hash(string algorithm, int length)
    {
        var tokens = await new TestProvider(client => client with { SigningKey = TestKeys.ByName(algorithm) }).TokensAsync();
        var ascii = Encoding.ASCII.GetBytes(tokens.AccessToken);
        var hash = algorithm switch { "ES384" => SHA384.HashData(ascii), "ES512" => SHA512.HashData(ascii), _ => SHA256.HashData(ascii) };

        TestProvider.ClaimsOf(tokens.IdToken).GetProperty("at_hash").GetString().ShouldBe(Base64UrlEncoder.Encode(hash[..length]));
    }

    [Fact]
    public async Task One_key_signs_on_many_threads_at_once()
    {
        var provider = new TestProvider();

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => provider.TokensAsync())));

        foreach (var tokens in all)
            (await provider.UserInfoAsync(tokens.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
    }

    [Fact]
    public async Task A_retired_key_is_still_believed_but_signs_nothing_new()
    {
        var provider = new TestProvider();
        var before = await provider.TokensAsync();
        provider.Clients.Set(provider.App with { SigningKey = TestKeys.Es384, RetiredKeys = [TestKeys.Es256] });

        (await provider.UserInfoAsync(before.AccessToken)).ShouldBeOfType<UserInfoOutcome.Found>();
        TestProvider.PartOf((await provider.TokensAsync()).IdToken, 0).GetProperty("kid").GetString().ShouldBe("es384");
    }

    [Fact]
    public async Task A_key_that_was_replaced_is_believed_no_more()
    {
        var provider = new TestProvider();
        var before = await provider.TokensAsync();
        provider.Clients.Set(provider.App with { SigningKey = TestKeys.Es384 });

        (await provider.UserInfoAsync(before.AccessToken)).ShouldBeOfType<UserInfoOutcome.Refused>();
    }

    [Fact]
    public void Weak_or_foreign_keys_are_refused()
    {
        using var small = RSA.Create(1024);
        using var ed = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        using var publicOnly = ECDsa.Create(TestKeys.EcParameters);

        Should.Throw<CryptographicException>(() => SigningKey.FromRsa("k", small.ExportParameters(true)));
        Should.Throw<CryptographicException>(() => SigningKey.FromEllipticCurve("k", ed.ExportParameters(true)));
        Should.Throw<CryptographicException>(() => SigningKey.FromPem("k", publicOnly.ExportSubjectPublicKeyInfoPem()));
        Should.Throw<CryptographicException>(() => SigningKey.FromPem("k", "nonsense"));
    }

    [Fact]
    public void Keys_are_read_from_every_PEM_that_people_have()
    {
        using var rsa = RSA.Create(TestKeys.RsaParameters);
        using var ec = ECDsa.Create(TestKeys.EcParameters);

        SigningKey.FromPem("k", rsa.ExportRSAPrivateKeyPem()).Algorithm.ShouldBe("RS256");
        SigningKey.FromPem("k", rsa.ExportPkcs8PrivateKeyPem()).Algorithm.ShouldBe("RS256");
        SigningKey.FromPem("k", ec.ExportECPrivateKeyPem()).Algorithm.ShouldBe("ES256");
        SigningKey.FromPem("k", ec.ExportPkcs8PrivateKeyPem()).Algorithm.ShouldBe("ES256");
    }
}
