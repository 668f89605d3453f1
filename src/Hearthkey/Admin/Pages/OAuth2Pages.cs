using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The forms of OAuth2/OpenID providers. Their own page is <see cref="OAuth2Page"/>.</summary>
public sealed class OAuth2Pages(OAuth2Providers providers, Offers offers, Snapshots snapshots) : ObjectPages<OAuth2Provider>(providers)
{
    /// <summary>Where the pages of this kind stand.</summary>
    public const string KindPath = AdminPaths.Providers + "oauth2/";

    private static readonly IReadOnlyList<Choice> _clientTypes =
    [
        new("confidential", AdminStrings.Confidential, AdminStrings.ConfidentialHelp),
        new("public", AdminStrings.Public, AdminStrings.PublicHelp),
    ];

    private static readonly IReadOnlyList<Choice> _subModes =
    [
        new("hashed_user_id", AdminStrings.SubHashed), new("user_id", AdminStrings.SubId), new("user_uuid", AdminStrings.SubUuid),
        new("user_username", AdminStrings.SubUsername), new("user_email", AdminStrings.SubEmail), new("user_upn", AdminStrings.SubUpn),
    ];

    private static readonly IReadOnlyList<Choice> _issuerModes =
        [new("per_provider", AdminStrings.IssuerPerProvider), new("global", AdminStrings.IssuerGlobal)];

    protected override string Path => KindPath;

    protected override string ListPath => AdminPaths.Providers;

    protected override PageWords Words => new(
        AdminStrings.Providers, AdminStrings.ProvidersSentence, AdminStrings.CreateOAuth2Provider, AdminStrings.DeleteProviderSentence);

    protected override string EditSuffix => "edit/";

    protected override ObjectList<OAuth2Provider> List(Visit visit) => throw new InvalidOperationException("Providers of all kinds stand in one list.");

    protected override IReadOnlyList<FormSection> Sections(Visit visit, OAuth2Provider? value) =>
    [
        new(AdminStrings.General, AdminStrings.OAuth2GeneralHelp, ProviderFields.Name, ProviderFields.AuthorizationFlow(offers)),
        new(AdminStrings.Protocol, AdminStrings.ProtocolHelp,
            new RadioField("client_type", AdminStrings.ClientType, _clientTypes),
            new TextField("client_id", AdminStrings.ClientId) { IsMono = true, IsMadeWhenBlank = true, Help = value is null ? AdminStrings.MadeHelp : null },
            new SecretField("client_secret", AdminStrings.ClientSecret) { Only = "confidential", Help = value is null ? AdminStrings.MadeHelp : AdminStrings.KeptHelp },
            new RedirectUrisField("redirect_uris", AdminStrings.RedirectUris) { Help = AdminStrings.RedirectUrisHelp },
            new SelectField("signing_key", AdminStrings.SigningKey, offers.SigningKeysAsync) { Blank = AdminStrings.NoSigningKey, Help = AdminStrings.SigningKeyHelp }),
        new(AdminStrings.Claims, AdminStrings.ClaimsHelp,
            new ManyField("property_mappings", AdminStrings.Scopes, offers.ScopesAsync),
            new SelectField("sub_mode", AdminStrings.SubjectMode, _ => new(_subModes)) { Help = AdminStrings.SubjectModeHelp },
            new CheckField("include_claims_in_id_token", AdminStrings.IncludeClaims) { Help = AdminStrings.IncludeClaimsHelp },
            new SelectField("issuer_mode", AdminStrings.IssuerMode, _ => new(_issuerModes))),
        new(AdminStrings.Validities, AdminStrings.ValiditiesHelp,
            new TextField("access_code_validity", AdminStrings.AccessCodeValidity) { IsMono = true },
            new TextField("access_token_validity", AdminStrings.AccessTokenValidity) { IsMono = true },
            new TextField("refresh_token_validity", AdminStrings.RefreshTokenValidity) { IsMono = true }),
        new(AdminStrings.Flows, AdminStrings.OtherFlowsHelp, ProviderFields.OtherFlows(offers)),
    ];

    protected override async ValueTask<JsonObject> NewAsync(Visit visit)
    {
        var values = await ProviderFields.NewAsync(offers, visit);
        var scopes = snapshots.Current.Get<ScopeMappingsPart>().All.Where(m => ManagedMappings.ForOpenId.Contains(m.Managed));
        values["property_mappings"] = new JsonArray([.. scopes.Select(m => (JsonNode)m.Pk.ToString())]);
        values["client_type"] = "confidential";
        values["sub_mode"] = "hashed_user_id";
        values["issuer_mode"] = "per_provider";
        values["include_claims_in_id_token"] = true;
        values["access_code_validity"] = "minutes=1";
        values["access_token_validity"] = "hours=1";
        values["refresh_token_validity"] = "days=30";
        values["signing_key"] = snapshots.Current.Get<KeyPairs>().All.FirstOrDefault(k => k.PrivateKey is not null)?.KpUuid.ToString();
        return values;
    }
}
