using System.Text.Json;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Oidc;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Resources;

namespace Hearthkey.OidcProvider;

/// <summary>Reads the fields of an OpenID Connect provider.</summary>
internal static class OAuth2ProviderInput
{
    /// <summary>Length of a client id that is made here; authentik's.</summary>
    private const int ClientIdLength = 40;

    /// <summary>Length of a client secret that is made here; authentik's.</summary>
    private const int ClientSecretLength = 128;

    private const int MostRedirectUris = 500;

    private static readonly string[] _grantTypes = [GrantType.AuthorizationCode, GrantType.RefreshToken];

    private static readonly HashSet<string> _unbuiltGrantTypes =
    [
        "implicit", "hybrid", "client_credentials", "password",
        "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange",
    ];

    public static OAuth2Provider New() => new() { ClientId = OpaqueSecret.Letters(ClientIdLength), ClientSecret = OpaqueSecret.Letters(ClientSecretLength) };

    public static OAuth2Provider Bind(FieldReader input, OAuth2Provider value, OAuth2Provider now)
    {
        Unbuilt(input);
        value = value with
        {
            ClientType = input.Choice("client_type", now.ClientType, [OAuth2Providers.Confidential, OAuth2Providers.Public]),
            GrantTypes = GrantTypes(input, now.GrantTypes),
            ClientId = input.Text("client_id", now.ClientId, blank: false, max: 255),
            ClientSecret = input.Text("client_secret", now.ClientSecret, max: 255),
            AccessCodeValidity = Life(input, "access_code_validity", now.AccessCodeValidity),
            AccessTokenValidity = Life(input, "access_token_validity", now.AccessTokenValidity),
            RefreshTokenValidity = Life(input, "refresh_token_validity", now.RefreshTokenValidity),
            RefreshTokenThreshold = input.DurationText("refresh_token_threshold", now.RefreshTokenThreshold),
            IncludeClaimsInIdToken = input.Flag("include_claims_in_id_token", now.IncludeClaimsInIdToken),
            SigningKey = input.Reference("signing_key", now.SigningKey),
            RedirectUris = RedirectUris(input, now.RedirectUris),
            SubMode = input.Choice("sub_mode", now.SubMode, SubjectNames.Modes),
            IssuerMode = input.Choice("issuer_mode", now.IssuerMode, [OAuth2Providers.PerProvider, OAuth2Providers.Global]),
        };
        if (value.SigningKey is null && value.ClientSecret.Length == 0)
            input.Errors.Add("signing_key", "Choose a signing key or set a client secret: without either no token can be signed.");
        return value;
    }

    private static void Unbuilt(FieldReader input)
    {
        input.Unbuilt("encryption_key", "null");
        input.Unbuilt("logout_uri", "\"\"");
        input.Unbuilt("logout_method", "\"backchannel\"");
        input.Unbuilt("jwt_federation_sources", "[]");
        input.Unbuilt("jwt_federation_providers", "[]");
    }

    private static string Life(FieldReader input, string name, string current)
    {
        var text = input.DurationText(name, current);
        if (Duration.Parse(text) == TimeSpan.Zero) input.Errors.Add(name, "It must last longer than nothing.");
        return text;
    }

    private static IReadOnlyList<string> GrantTypes(FieldReader input, IReadOnlyList<string> current)
    {
        if (input.Items("grant_types") is not { } items) return current;
        var chosen = new List<string>();
        foreach (var item in items)
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.ToString();
            if (_grantTypes.Contains(text)) chosen.Add(text);
            else if (_unbuiltGrantTypes.Contains(text)) input.Errors.Add("grant_types", $"“{text}” is not built yet; choose from {string.Join(", ", _grantTypes)}.");
            else input.Errors.Add("grant_types", $"\"{text}\" is not a valid choice.");
        }
        return [.. chosen.Distinct()];
    }

    private static IReadOnlyList<RedirectUriEntry> RedirectUris(FieldReader input, IReadOnlyList<RedirectUriEntry> current)
    {
        if (input.Items("redirect_uris", required: true) is not { } items) return current;
        if (items.Count > MostRedirectUris) input.Errors.Add("redirect_uris", $"Ensure this field has no more than {MostRedirectUris} elements.");
        var entries = new List<RedirectUriEntry>();
        foreach (var (index, item) in items.Index())
        {
            var errors = new FieldErrors();
            var entry = RedirectUri(item, errors);
            var problem = errors.Any ? errors.For(errors.Fields.First()) : entry.ToRedirectUri().Problem;
            if (problem is null) entries.Add(entry);
            else input.Errors.Add("redirect_uris", $"Entry {index + 1} ({entry.Url}): {problem}");
        }
        return entries;
    }

    private static RedirectUriEntry RedirectUri(JsonElement item, FieldErrors errors)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            errors.Add("url", "Expected an object with matching_mode and url.");
            return new("strict", item.ToString());
        }
        var fields = new FieldReader(item, isPartial: false, errors);
        return new(
            fields.Choice("matching_mode", "strict", ["strict", "regex"], required: true),
            fields.Text("url", "", required: true, blank: false, max: 2048),
            fields.Choice("redirect_uri_type", "authorization", ["authorization", "logout"]));
    }
}
