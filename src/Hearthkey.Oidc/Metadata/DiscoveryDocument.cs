using Hearthkey.Oidc.Jose;
using Hearthkey.Oidc.Token;

namespace Hearthkey.Oidc.Metadata;

/// <summary>The discovery document (OpenID Connect Discovery §3, RFC 8414 §2, RFC 9207 §3): names what works for this client,
/// and nothing else.</summary>
public static class DiscoveryDocument
{
    private static readonly string[] _protocolClaims = ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce"];

    /// <summary>The document as UTF-8 JSON; it changes only with the configuration.</summary>
    /// <param name="client">The client; its issuer must be the address under which the document is served.</param>
    /// <param name="urls">Where the endpoints are.</param>
    /// <param name="mappedClaims">Names of the claims that the scope mappings yield.</param>
    public static byte[] Write(Client client, EndpointUrls urls, IEnumerable<string> mappedClaims) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("issuer", client.Issuer);
        writer.WriteString("authorization_endpoint", urls.Authorization);
        writer.WriteString("token_endpoint", urls.Token);
        writer.WriteString("userinfo_endpoint", urls.UserInfo);
        writer.WriteString("introspection_endpoint", urls.Introspection);
        writer.WriteString("end_session_endpoint", urls.EndSession);
        writer.WriteString("jwks_uri", urls.Jwks);
        writer.WriteStrings("response_types_supported", client.Allows(GrantType.AuthorizationCode) ? ["code"] : []);
        writer.WriteStrings("response_modes_supported", ["query", "fragment"]);
        writer.WriteStrings("grant_types_supported", new[] { GrantType.AuthorizationCode, GrantType.RefreshToken, GrantType.ClientCredentials }.Where(client.Allows));
        writer.WriteStrings("id_token_signing_alg_values_supported", client.Signer is { } signer ? [signer.Name] : []);
        writer.WriteStrings("subject_types_supported", ["public"]);
        writer.WriteStrings("token_endpoint_auth_methods_supported",
            client.IsConfidential ? ["client_secret_post", "client_secret_basic"] : ["none"]);
        writer.WriteStrings("introspection_endpoint_auth_methods_supported", ["client_secret_post", "client_secret_basic"]);
        writer.WriteStrings("acr_values_supported", [TokenClaims.Acr]);
        writer.WriteStrings("scopes_supported", client.Scopes.Prepend(Scope.OpenId).Distinct(StringComparer.Ordinal));
        writer.WriteStrings("prompt_values_supported", ["none", "login"]);
        writer.WriteStrings("code_challenge_methods_supported", client.AllowsPlainPkce ? ["plain", "S256"] : ["S256"]);
        writer.WriteStrings("claims_supported", _protocolClaims.Concat(mappedClaims).Distinct(StringComparer.Ordinal));
        writer.WriteBoolean("authorization_response_iss_parameter_supported", true);
        writer.WriteBoolean("claims_parameter_supported", false);
        writer.WriteBoolean("request_parameter_supported", false);
        // left out it would mean true
        writer.WriteBoolean("request_uri_parameter_supported", false);
        writer.WriteEndObject();
    }, indented: true);
}
