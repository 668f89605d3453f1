using System.Text;
using System.Text.Json;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Metadata;
using Hearthkey.Tests.Oidc.Support;

namespace Hearthkey.Tests.Oidc.Discovery;

/// <summary>OpenID Connect Discovery §3, RFC 8414 §2: everything that is named works, and nothing else is named.</summary>
public sealed class DiscoveryTests
{
    private static readonly EndpointUrls _urls = new()
    {
        Authorization = "https://id.example.com/application/o/authorize/",
        Token = "https://id.example.com/application/o/token/",
        UserInfo = "https://id.example.com/application/o/userinfo/",
        Introspection = "https://id.example.com/application/o/introspect/",
        Jwks = "https://id.example.com/application/o/app/jwks/",
        EndSession = "https://id.example.com/application/o/app/end-session/",
    };

    private static JsonElement Document(Client client) => JsonDocument.Parse(DiscoveryDocument.Write(client, _urls, ["email", "groups", "sub"])).RootElement;

    private static string?[] List(JsonElement document, string name) => [.. document.GetProperty(name).EnumerateArray().Select(value => value.GetString())];

    [Fact]
    public void The_document_names_issuer_and_endpoints()
    {
        var document = Document(new TestProvider().App);

        document.GetProperty("issuer").GetString().ShouldBe("https://id.example.com/application/o/app/");
        document.GetProperty("authorization_endpoint").GetString().ShouldBe(_urls.Authorization);
        document.GetProperty("token_endpoint").GetString().ShouldBe(_urls.Token);
        document.GetProperty("userinfo_endpoint").GetString().ShouldBe(_urls.UserInfo);
        document.GetProperty("introspection_endpoint").GetString().ShouldBe(_urls.Introspection);
        document.GetProperty("jwks_uri").GetString().ShouldBe(_urls.Jwks);
        document.GetProperty("end_session_endpoint").GetString().ShouldBe(_urls.EndSession);
    }

    [Fact]
    public void The_document_names_what_works_and_nothing_more()
    {
        var document = Document(new TestProvider().App);

        List(document, "response_types_supported").ShouldBe(["code"]);
        List(document, "response_modes_supported").ShouldBe(["query", "fragment"]);
        List(document, "grant_types_supported").ShouldBe(["authorization_code", "refresh_token"]);
        List(document, "id_token_signing_alg_values_supported").ShouldBe(["ES256"]);
        List(document, "subject_types_supported").ShouldBe(["public"]);
        List(document, "token_endpoint_auth_methods_supported").ShouldBe(["client_secret_post", "client_secret_basic"]);
        List(document, "scopes_supported").ShouldBe(["openid", "profile", "email", "offline_access"]);
        List(document, "code_challenge_methods_supported").ShouldBe(["S256"]);
        List(document, "claims_supported").ShouldBe(["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce", "email", "groups"]);
        document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
        document.GetProperty("request_parameter_supported").GetBoolean().ShouldBeFalse();
        document.GetProperty("request_uri_parameter_supported").GetBoolean().ShouldBeFalse();
        document.GetProperty("claims_parameter_supported").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void The_document_follows_the_clients_settings()
    {
        var document = Document(new TestProvider(client => client with
        {
            IsConfidential = false,
            AllowsPlainPkce = true,
            GrantTypes = [GrantType.AuthorizationCode, "password"],
            SigningKey = null,
        }).App);

        List(document, "token_endpoint_auth_methods_supported").ShouldBe(["none"]);
        List(document, "code_challenge_methods_supported").ShouldBe(["plain", "S256"]);
        List(document, "grant_types_supported").ShouldBe(["authorization_code"]);
        List(document, "id_token_signing_alg_values_supported").ShouldBe(["HS256"]);
    }

    [Fact]
    public void Keys_are_published_with_their_public_half_and_certificate_alone()
    {
        var (key, certificate) = TestKeys.SelfSigned();
        var signing = Hearthkey.Oidc.Jose.SigningKey.FromPem("cert", key, certificate);
        var json = JwksDocument.Write(new TestProvider(client => client with { SigningKey = signing, RetiredKeys = [TestKeys.Es256, signing] }).App);

        var keys = JsonDocument.Parse(json).RootElement.GetProperty("keys").EnumerateArray().ToList();
        keys.Select(entry => entry.GetProperty("kid").GetString()).ShouldBe(["cert", "es256"]);
        keys[0].EnumerateObject().Select(member => member.Name).ShouldBe(["kid", "alg", "use", "kty", "n", "e", "x5c", "x5t", "x5t#S256"]);
        keys[1].EnumerateObject().Select(member => member.Name).ShouldBe(["kid", "alg", "use", "kty", "crv", "x", "y"]);
        certificate.ReplaceLineEndings("").ShouldContain(keys[0].GetProperty("x5c")[0].GetString()!);
    }

    [Fact]
    public void A_shared_secret_is_never_published() =>
        Encoding.UTF8.GetString(JwksDocument.Write(new TestProvider(client => client with { SigningKey = null }).App)).ShouldBe("""{"keys":[]}""");
}
