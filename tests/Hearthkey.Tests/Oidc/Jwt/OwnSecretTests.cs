using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Jwt;

/// <summary>With HS256 the client holds the key that signs: the grant bounds what a token of its own making can say.</summary>
public sealed class OwnSecretTests
{
    private const string Secret = "the-secret-of-this-client-is-long-enough";

    private readonly TestProvider _provider = new(client => client with { SigningKey = null, Secret = Secret });

    [Fact]
    public async Task Scopes_that_were_not_granted_tell_nothing()
    {
        var token = await ForgeAsync(claims => claims["scope"] = "openid profile email");

        var access = (await _provider.AccessTokens.FindAsync(token, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        access.Scopes.ShouldBe(["openid", "profile"]);
        var found = (await _provider.UserInfoAsync(token)).ShouldBeOfType<UserInfoOutcome.Found>();
        var told = JsonNode.Parse(found.Json.Span)!;
        told["preferred_username"]!.GetValue<string>().ShouldBe("ada");
        told["email"].ShouldBeNull();
    }

    [Fact]
    public async Task A_token_without_openid_in_the_grant_is_not_made_good_by_writing_it_in()
    {
        var token = await ForgeAsync(claims => claims["scope"] = "openid profile", granted: "profile");

        (await _provider.UserInfoAsync(token)).ShouldBeOfType<UserInfoOutcome.Refused>().Error.Code.ShouldBe("insufficient_scope");
    }

    [Fact]
    public async Task Another_subject_than_the_grants_person_is_refused() =>
        (await _provider.UserInfoAsync(await ForgeAsync(claims => claims["sub"] = "sub-bob"))).ShouldBeOfType<UserInfoOutcome.Refused>();

    private async Task<string> ForgeAsync(Action<JsonObject> change, string granted = "openid profile")
    {
        var code = await _provider.CodeAsync(("scope", granted));
        var tokens = (await _provider.RedeemAsync(code, ("client_secret", Secret))).Tokens();
        var parts = tokens.AccessToken.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        change(claims);
        var content = parts[0] + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(content));
        return content + "." + Base64Url.EncodeToString(mac);
    }
}
