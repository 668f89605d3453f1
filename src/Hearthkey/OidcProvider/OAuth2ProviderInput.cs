using System.Text;
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

    /// <summary>Fewest characters of a secret that is set by hand (own choice: 16 random letters and digits are 95 bits, and wrong ones are slowed down).</summary>
    private const int MinSecretLength = 16;

    /// <summary>Fewest bytes of a secret that signs: a key for HS256 must be as long as its hash (RFC 7518 §3.2).</summary>
    private const int MinSigningBytes = 32;

    private const int MostRedirectUris = 500;

    private static readonly string[] _grantTypes = [GrantType.AuthorizationCode, GrantType.RefreshToken, GrantType.ClientCredentials];

    private static readonly HashSet<string> _unbuiltGrantTypes =
    [
        "implicit", "hybrid", "password",
        "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange",
    ];

    public static OAuth2Provider New() => new() { ClientId = OpaqueSecret.Letters(ClientIdLength), ClientSecret = OpaqueSecret.Letters(ClientSecretLength) };

    public static OAuth2Provider Bind(FieldReader input, OAuth2Provider value, OAuth2Provider now)
    {
        Unbuilt(input);
        // a provider gets its key when it is stored
        var before = now.Pk == 0 ? null : now;
        value = value with
        {
            ClientType = input.Choice("client_type", now.ClientType, [OAuth2Providers.Confidential, OAuth2Providers.Public]),
            GrantTypes = GrantTypes(input, now.GrantTypes),
            ClientId = input.Text("client_id", now.ClientId, blank: false, max: 255),
            ClientSecret = Secret(input, now.ClientSecret, isNew: before is null),
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
        CheckSecret(value, before, input.Errors);
        return value;
    }

    // what a browser reads blank because its proof is old, it may send back blank
    private static string Secret(FieldReader input, string current, bool isNew)
    {
        var secret = input.Text("client_secret", current, max: 255);
        return secret.Length == 0 && !isNew ? current : secret;
    }

    private static void CheckSecret(OAuth2Provider value, OAuth2Provider? before, FieldErrors errors)
    {
        var isTouched = value.ClientSecret != before?.ClientSecret || value.SigningKey != before.SigningKey || value.ClientType != before.ClientType;
        if (!isTouched) return;
        var length = Encoding.UTF8.GetByteCount(value.ClientSecret);
        if (value.SigningKey is null && length == 0)
            errors.Add("signing_key", "Choose a signing key or set a client secret: without either no token can be signed.");
        else if (value.ClientType == OAuth2Providers.Confidential && length == 0)
            errors.Add("client_secret", "A confidential client needs a secret. Leave the field out to have one made.");
        else if (value.SigningKey is null && length < MinSigningBytes)
            errors.Add("client_secret", $"Without a signing key this secret signs the tokens, so it needs at least {MinSigningBytes} bytes. Use a longer one, or choose a signing key.");
        else if (length > 0 && value.ClientSecret != before?.ClientSecret && value.ClientSecret.Length < MinSecretLength)
            errors.Add("client_secret", $"Use at least {MinSecretLength} random characters: whoever guesses the secret acts as the app.");
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
