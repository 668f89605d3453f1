using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Applications;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>OpenID Connect providers as a managed object.</summary>
public sealed class OAuth2Providers(ResourceContext context, Vault vault) : Resource<OAuth2Provider>(context)
{
    public const string Kind = "authentik_providers_oauth2.oauth2provider";
    public const string Component = "ak-provider-oauth2-form";
    public const string OneName = "OAuth2/OpenID Provider";
    public const string ManyName = "OAuth2/OpenID Providers";

    internal const string Confidential = "confidential";
    internal const string Public = "public";
    internal const string HashedUserId = "hashed_user_id";
    internal const string PerProvider = "per_provider";
    internal const string Global = "global";

    public override string Model => Kind;

    public override string Path => "providers/oauth2";

    public override string VerboseName => "OAuth2/OpenID provider";

    public override JsonTypeInfo<OAuth2Provider> Json => OidcProviderJson.Default.OAuth2Provider;

    protected override string UniqueField => "client_id";

    protected override SqlText From => OAuth2ProviderRows.From;

    protected override Table<OAuth2Provider> Table { get; } = new(
        SqlText.Constant("oauth2_provider"),
        OAuth2ProviderRows.Columns,
        p => throw new InvalidOperationException($"{p} stands in two tables."),
        r => OAuth2ProviderRows.Read(r, vault));

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name", text => $"p.name = {text}"),
        Filter.Text("access_code_validity", text => $"o.access_code_validity = {text}"),
        Filter.Text("access_token_validity", text => $"o.access_token_validity = {text}"),
        Filter.Text("refresh_token_validity", text => $"o.refresh_token_validity = {text}"),
        Filter.Uuid("application", id => $"o.pk in (select provider_pk from application where {id} in (app_uuid, pbm_uuid))"),
        Filter.Uuid("authorization_flow", id => $"p.authorization_flow = {id}"),
        Filter.Text("client_id", text => $"o.client_id = {text}"),
        Filter.Text("client_type", text => $"o.client_type = {text}"),
        Filter.Flag("include_claims_in_id_token", on => $"o.include_claims_in_id_token = {on}"),
        Filter.Text("issuer_mode", text => $"o.issuer_mode = {text}"),
        Filter.Uuid("property_mappings", id => $"o.pk in (select provider_pk from provider_mapping where pm_uuid = {id})"),
        Filter.Uuid("signing_key", id => $"o.signing_key = {id}"),
        Filter.Text("sub_mode", text => $"o.sub_mode = {text}"),
    ];

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        new("name", SqlText.Constant("p.name")),
        new("pk", SqlText.Constant("o.pk")),
        new("client_id", SqlText.Constant("o.client_id")),
        new("client_type", SqlText.Constant("o.client_type")),
    ];

    protected override Sql? Search(string text) =>
        $"lower(p.name) like {Filter.Contains(text)} escape '\\' or lower(o.client_id) like {Filter.Contains(text)} escape '\\'";

    protected override Sql Where(string key)
    {
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)) return $"o.pk = {pk}";
        return $"1 = 0";
    }

    public override string Key(OAuth2Provider value) => value.Pk.ToString(CultureInfo.InvariantCulture);

    public override string Name(OAuth2Provider value) => value.Name;

    // where codes go, and what vouches for whom (DESIGN 6.9)
    protected override bool NeedsStepUp(OAuth2Provider? before, OAuth2Provider? after) => before is not null && after is not null
        && (!before.RedirectUris.SequenceEqual(after.RedirectUris) || before.ClientId != after.ClientId || before.SigningKey != after.SigningKey
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(before.ClientSecret), Encoding.UTF8.GetBytes(after.ClientSecret)));

    protected override OAuth2Provider Bind(FieldReader input, OAuth2Provider? before) => OAuth2ProviderInput.Bind(input, before);

    protected override async ValueTask<OAuth2Provider> LoadAsync(Db db, OAuth2Provider row) =>
        row with { PropertyMappings = [.. (await ProviderRows.MappingsAsync(db, [row.Pk]))[row.Pk]] };

    protected override async ValueTask<OAuth2Provider> CheckAsync(Db db, OAuth2Provider value, OAuth2Provider? before, FieldErrors errors)
    {
        await ProviderRows.CheckAsync(db, Fields(value), errors);
        if (value.SigningKey is { } key && key != before?.SigningKey
            && await db.OneAsync($"select key_type from certificate_key_pair where kp_uuid = {key} and private_key is not null", r => r.Text()) is not ("rsa" or "ec" or "ecdsa"))
            errors.Add("signing_key", "Choose a certificate that has an RSA or EC private key.");
        if (await db.OneAsync(
            $"""
            select count(*) from (
              select pk from oauth2_provider where client_id = {value.ClientId} union all select pk from proxy_provider where client_id = {value.ClientId}
            ) holder where pk <> {value.Pk}
            """,
            r => r.Long()) != 0)
            errors.Add("client_id", "OAuth2/OpenID provider with this client id already exists.");
        return before is null && !errors.Any ? value with { Pk = await ProviderRows.NextPkAsync(db) } : value;
    }

    protected override async ValueTask InsertAsync(Db db, OAuth2Provider value)
    {
        await ProviderRows.InsertAsync(db, Fields(value));
        await OAuth2ProviderRows.InsertAsync(db, value, vault);
    }

    protected override async ValueTask UpdateAsync(Db db, string key, OAuth2Provider value)
    {
        await ProviderRows.UpdateAsync(db, Fields(value));
        await OAuth2ProviderRows.UpdateAsync(db, value, vault);
    }

    protected override ValueTask DeleteAsync(Db db, string key, OAuth2Provider value) => ProviderRows.DeleteAsync(db, value.Pk);

    protected override async ValueTask<IReadOnlyList<OAuth2Provider>> CompleteAsync(
        Db db, IReadOnlyList<OAuth2Provider> rows, ListRequest request, Caller? caller)
    {
        var pks = rows.Select(p => p.Pk).ToList();
        var mappings = await ProviderRows.MappingsAsync(db, pks);
        var assigned = await ProviderRows.AssignedAsync(db, pks);
        return [.. rows.Select(p => p with
        {
            PropertyMappings = [.. mappings[p.Pk]],
            AssignedApplicationSlug = assigned.GetValueOrDefault(p.Pk)?.Slug,
            AssignedApplicationName = assigned.GetValueOrDefault(p.Pk)?.Name,
        })];
    }

    internal static ProviderFields Fields(OAuth2Provider p) =>
        new(p.Pk, Kind, p.Name, p.AuthenticationFlow, p.AuthorizationFlow, p.InvalidationFlow, p.PropertyMappings);
}
