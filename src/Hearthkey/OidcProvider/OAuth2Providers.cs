using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Keys;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>OpenID Connect providers as a managed object.</summary>
public sealed class OAuth2Providers(ResourceContext context, Vault vault) : ProviderResource<OAuth2Provider>(context, Described)
{
    public const string Kind = "authentik_providers_oauth2.oauth2provider";

    internal static readonly ProviderKind Described = new(
        Kind, "ak-provider-oauth2-form", "OAuth2/OpenID Provider", "OAuth2/OpenID Providers", "For apps that can sign people in by OpenID Connect or OAuth 2.",
        OAuth2Clients.LaunchUrl);

    internal const string Confidential = "confidential";
    internal const string Public = "public";
    internal const string HashedUserId = "hashed_user_id";
    internal const string PerProvider = "per_provider";
    internal const string Global = "global";

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
        [Ordering.By("name"), new("pk", SqlText.Constant("p.pk")), Ordering.By("client_id"), Ordering.By("client_type")];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("p.name"), SqlText.Constant("o.client_id")];

    // where codes go, what the client must prove, and what vouches for whom (DESIGN 6.9)
    protected override bool NeedsStepUp(OAuth2Provider? before, OAuth2Provider? after) => after is not null && (before is null
        ? after.RedirectUris.Count > 0
        : !before.RedirectUris.SequenceEqual(after.RedirectUris) || before.ClientId != after.ClientId || before.SigningKey != after.SigningKey
            || before.ClientType != after.ClientType || !before.GrantTypes.SequenceEqual(after.GrantTypes)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(before.ClientSecret), Encoding.UTF8.GetBytes(after.ClientSecret)));

    protected override OAuth2Provider New() => OAuth2ProviderInput.New();

    protected override OAuth2Provider BindOwn(FieldReader input, OAuth2Provider value, OAuth2Provider now) => OAuth2ProviderInput.Bind(input, value, now);

    protected override async ValueTask<OAuth2Provider> CheckOwnAsync(Db db, OAuth2Provider value, OAuth2Provider? before, FieldErrors errors)
    {
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
        return value;
    }

    protected override ValueTask InsertOwnAsync(Db db, OAuth2Provider value) => OAuth2ProviderRows.InsertAsync(db, value, vault);

    protected override ValueTask UpdateOwnAsync(Db db, OAuth2Provider value) => OAuth2ProviderRows.UpdateAsync(db, value, vault);

    protected override ValueTask<IReadOnlyList<OAuth2Provider>> CompleteOwnAsync(Db db, IReadOnlyList<OAuth2Provider> rows, Caller? caller) =>
        new(caller is not null && StepUp.IsDue(caller, Context.Time.GetUtcNow()) ? [.. rows.Select(p => p with { ClientSecret = "" })] : rows);

    /// <summary>An event says who saw secrets; one for a whole list.</summary>
    public override async ValueTask ShownAsync(Caller caller, Actor actor, IReadOnlyList<OAuth2Provider> values, CancellationToken ct)
    {
        var shown = values.Where(p => p.ClientSecret.Length > 0).ToList();
        if (shown.Count == 0) return;
        var secret = new JsonObject { ["app"] = "authentik_providers_oauth2", ["model_name"] = "oauth2provider", ["pk"] = Key(shown[0]), ["name"] = Name(shown[0]) };
        var what = new JsonObject { ["secret"] = secret, ["type"] = "client_secret" };
        if (shown.Count > 1) what["providers"] = new JsonArray([.. shown.Select(p => (JsonNode)p.Name)]);
        var subject = $"secret/{actor.Pk}/{string.Join(',', shown.Select(Key))}";
        await Context.Store.WriteAsync(async db =>
        {
            await Context.Audit.AppendCoalescedAsync(db, EventActions.SecretView, "authentik.providers.oauth2", actor, subject, what);
            return true;
        }, ct);
    }
}
