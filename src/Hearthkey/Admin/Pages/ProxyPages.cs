using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Catalog;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The forms of proxy providers. Their own page is <see cref="ProxyPage"/>.</summary>
public sealed class ProxyPages(ProxyProviders providers, Offers offers, Origins origins, PathPresets presets) : ObjectPages<ProxyProvider>(providers)
{
    /// <summary>Where the pages of this kind stand.</summary>
    public const string KindPath = AdminPaths.Providers + "proxy/";

    private static readonly IReadOnlyList<Choice> _modes =
    [
        new(ProxyProviders.Single, AdminStrings.ModeSingle, AdminStrings.ModeSingleHelp),
        new(ProxyProviders.Domain, AdminStrings.ModeDomain, AdminStrings.ModeDomainHelp),
        new(ProxyProviders.Proxying, AdminStrings.ModeProxy, AdminStrings.ModeProxyHelp),
    ];

    private static readonly IReadOnlyList<Choice> _headerKinds =
    [
        new("authentik", AdminStrings.HeadersAuthentik, AdminStrings.HeadersAuthentikHelp),
        new("remote_user", AdminStrings.HeadersRemoteUser, AdminStrings.HeadersRemoteUserHelp),
        new("custom", AdminStrings.HeadersCustom, AdminStrings.HeadersCustomHelp),
    ];

    protected override string Path => KindPath;

    protected override string ListPath => AdminPaths.Providers;

    protected override PageWords Words => new(
        AdminStrings.Providers, AdminStrings.ProvidersSentence, AdminStrings.CreateProxyProvider, AdminStrings.DeleteProviderSentence);

    protected override string EditSuffix => "edit/";

    /// <summary>What a mode is called.</summary>
    public static string ModeName(string mode) => _modes.FirstOrDefault(m => m.Value == mode)?.Text ?? mode;

    protected override ObjectList<ProxyProvider> List(Visit visit) => throw new InvalidOperationException("Providers of all kinds stand in one list.");

    protected override IReadOnlyList<FormSection> Sections(Visit visit, ProxyProvider? value) =>
    [
        new(AdminStrings.General, AdminStrings.ProxyGeneralHelp, ProviderFields.Name, ProviderFields.AuthorizationFlow(offers)),
        new(AdminStrings.WhatIsProtected, AdminStrings.WhatIsProtectedHelp,
            new RadioField("mode", AdminStrings.Mode, _modes),
            new TextField("external_host", AdminStrings.ExternalHost)
                { Type = "url", IsMono = true, IsRequired = true, Placeholder = "https://app.example.com", Help = AdminStrings.ExternalHostHelp },
            new TextField("internal_host", AdminStrings.InternalHost)
                { Type = "url", IsMono = true, Placeholder = "http://10.0.0.5:8080", Help = AdminStrings.InternalHostHelp, Only = "proxy" },
            new CheckField("internal_host_ssl_validation", AdminStrings.CheckCertificate) { Help = AdminStrings.CheckCertificateHelp, Only = "proxy" },
            new TextField("cookie_domain", AdminStrings.CookieDomain) { IsMono = true, Help = AdminStrings.CookieDomainHelp, Only = "domain" }),
        new(AdminStrings.Exceptions, AdminStrings.ExceptionsHelp,
            new AreaField("skip_path_regex", AdminStrings.UnauthenticatedPaths)
                { IsMono = true, Rows = 4, Placeholder = "^/health$", Help = AdminStrings.UnauthenticatedPathsHelp },
            new PresetField("skip_path_regex", presets, AdminStrings.PresetOpens) { HasHost = true, Help = AdminStrings.PresetHelp },
            new CheckField("skip_self_probe", AdminStrings.SkipSelfProbe) { Help = AdminStrings.SkipSelfProbeHelp }),
        new(AdminStrings.ToldApplication, AdminStrings.ToldApplicationHelp,
            new RadioField("identity_headers", AdminStrings.IdentityHeaders, _headerKinds),
            new TextField("header_username", AdminStrings.HeaderUsername) { IsMono = true, Placeholder = "Remote-User", Only = "custom-headers" },
            new TextField("header_groups", AdminStrings.HeaderGroups) { IsMono = true, Placeholder = "Remote-Groups", Help = AdminStrings.HeaderGroupsHelp, Only = "custom-headers" },
            new TextField("header_email", AdminStrings.HeaderEmail) { IsMono = true, Placeholder = "Remote-Email", Only = "custom-headers" },
            new TextField("header_name", AdminStrings.HeaderName) { IsMono = true, Placeholder = "Remote-Name", Only = "custom-headers" },
            new CheckField("identity_jwt", AdminStrings.IdentityJwt) { Help = AdminStrings.IdentityJwtHelp },
            new CheckField("basic_auth_enabled", AdminStrings.BasicAuth) { Help = AdminStrings.BasicAuthHelp },
            new TextField("basic_auth_user_attribute", AdminStrings.BasicAuthUser) { IsMono = true, Help = AdminStrings.BasicAuthUserHelp, Only = "basic-auth" },
            new TextField("basic_auth_password_attribute", AdminStrings.BasicAuthPassword) { IsMono = true, Help = AdminStrings.BasicAuthPasswordHelp, Only = "basic-auth" },
            new CheckField("intercept_header_auth", AdminStrings.InterceptHeaderAuth) { Help = AdminStrings.InterceptHeaderAuthHelp }),
        new(AdminStrings.Validities, AdminStrings.ValiditiesHelp,
            new TextField("access_token_validity", AdminStrings.TokenValidity) { IsMono = true, Help = AdminStrings.TokenValidityHelp }),
        new(AdminStrings.Flows, AdminStrings.OtherFlowsHelp, ProviderFields.OtherFlows(offers)),
    ];

    protected override async ValueTask<JsonObject> NewAsync(Visit visit)
    {
        var values = await ProviderFields.NewAsync(offers, visit);
        values["mode"] = ProxyProviders.Single;
        values["internal_host_ssl_validation"] = true;
        values["cookie_domain"] = ProxyProviders.SuggestCookieDomain((origins.Base ?? visit.Http.Edge().Origin).ToString());
        values["access_token_validity"] = "hours=1";
        values["identity_headers"] = "authentik";
        values["intercept_header_auth"] = true;
        return values;
    }

    protected override ValueTask<FormContent> DressAsync(Visit visit, ProxyProvider value, FormContent form)
    {
        form.View.Values["identity_headers"] ??= "authentik";
        return new(form);
    }

    // the field is out of sight then, but holds the suggestion
    protected override void Shape(JsonObject input, ProxyProvider? before)
    {
        if (input["mode"]?.ToString() != ProxyProviders.Domain) input["cookie_domain"] = "";
    }
}
