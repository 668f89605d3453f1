using System.Text.Json;
using Hearthkey.Applications;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>The SQL of the table <c>oauth2_provider</c>.</summary>
internal static class OAuth2ProviderRows
{
    public static readonly SqlText From = SqlText.Constant("oauth2_provider o join provider p on p.pk = o.pk");

    public static readonly SqlText Columns = SqlText.Constant(
        ProviderRows.Columns + ", o.client_type, o.client_id, o.client_secret, o.grant_types, "
        + "o.access_code_validity, o.access_token_validity, o.refresh_token_validity, o.refresh_token_threshold, o.include_claims_in_id_token, "
        + "o.signing_key, o.redirect_uris, o.sub_mode, o.issuer_mode");

    public static ValueTask<List<OAuth2Provider>> AllAsync(Db db, Vault vault) => db.ListAsync($"select {Columns} from {From}", r => Read(r, vault));

    public static async ValueTask InsertAsync(Db db, OAuth2Provider p, Vault vault) => await db.ExecAsync(
        $"""
        insert into oauth2_provider (pk, client_type, client_id, client_secret, grant_types, access_code_validity, access_token_validity,
        refresh_token_validity, refresh_token_threshold, include_claims_in_id_token, signing_key, redirect_uris, sub_mode, issuer_mode)
        values ({p.Pk}, {p.ClientType}, {p.ClientId}, {vault.Protect(Place(p.Pk), p.ClientSecret)}, {Text(p.GrantTypes)}, {p.AccessCodeValidity},
        {p.AccessTokenValidity}, {p.RefreshTokenValidity}, {p.RefreshTokenThreshold}, {p.IncludeClaimsInIdToken}, {p.SigningKey},
        {Text(p.RedirectUris)}, {p.SubMode}, {p.IssuerMode})
        """);

    public static async ValueTask UpdateAsync(Db db, OAuth2Provider p, Vault vault) => await db.ExecAsync(
        $"""
        update oauth2_provider set client_type = {p.ClientType}, client_id = {p.ClientId}, client_secret = {vault.Protect(Place(p.Pk), p.ClientSecret)},
        grant_types = {Text(p.GrantTypes)}, access_code_validity = {p.AccessCodeValidity}, access_token_validity = {p.AccessTokenValidity},
        refresh_token_validity = {p.RefreshTokenValidity}, refresh_token_threshold = {p.RefreshTokenThreshold},
        include_claims_in_id_token = {p.IncludeClaimsInIdToken}, signing_key = {p.SigningKey}, redirect_uris = {Text(p.RedirectUris)},
        sub_mode = {p.SubMode}, issuer_mode = {p.IssuerMode} where pk = {p.Pk}
        """);

    public static OAuth2Provider Read(Row r, Vault vault)
    {
        var shared = ProviderRows.Read<OAuth2Provider>(r);
        return shared with
        {
            ClientType = r.Text(),
            ClientId = r.Text(),
            ClientSecret = vault.Open(Place(shared.Pk), r.Bytes()),
            GrantTypes = JsonSerializer.Deserialize(r.Json(), OidcProviderJson.Default.IReadOnlyListString)!,
            AccessCodeValidity = r.Text(),
            AccessTokenValidity = r.Text(),
            RefreshTokenValidity = r.Text(),
            RefreshTokenThreshold = r.Text(),
            IncludeClaimsInIdToken = r.Bool(),
            SigningKey = r.GuidOrNull(),
            RedirectUris = JsonSerializer.Deserialize(r.Json(), OidcProviderJson.Default.IReadOnlyListRedirectUriEntry)!,
            SubMode = r.Text(),
            IssuerMode = r.Text(),
        };
    }

    private static string Place(long pk) => $"oauth2_provider/{pk}/client_secret";

    private static Json Text(IReadOnlyList<string> texts) => new(JsonSerializer.Serialize(texts, OidcProviderJson.Default.IReadOnlyListString));

    private static Json Text(IReadOnlyList<RedirectUriEntry> uris) => new(JsonSerializer.Serialize(uris, OidcProviderJson.Default.IReadOnlyListRedirectUriEntry));
}
