using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.ForwardAuth;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Hosts with rules of their own: their forms, and the page of one with its bindings. They are listed on the page of their provider.</summary>
public sealed class ProxyHostPages(ProxyHosts hosts, ProxyProviders providers, PolicyBindings bindings) : ObjectPages<ProxyHost>(hosts)
{
    protected override string Path => AdminPaths.Hosts;

    protected override string ListPath => AdminPaths.Providers;

    protected override PageWords Words => new(AdminStrings.Providers, AdminStrings.ProvidersSentence, AdminStrings.AddHost, AdminStrings.DeleteHostSentence);

    protected override string EditSuffix => "edit/";

    /// <summary>The form of a new one.</summary>
    public static string NewHref(long provider) => $"{AdminPaths.Hosts}new/?provider={provider.ToString(CultureInfo.InvariantCulture)}";

    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.Get(Path + "{key}/", ShowAsync);
    }

    protected override ObjectList<ProxyHost> List(Visit visit) => throw new InvalidOperationException("Hosts stand on the page of their provider.");

    protected override IReadOnlyList<FormSection> Sections(Visit visit, ProxyHost? value) =>
    [
        new(AdminStrings.General, AdminStrings.HostGeneralHelp,
            new SelectField("provider", AdminStrings.ModelProvider, ProvidersAsync) { IsNumber = true },
            new TextField("host", AdminStrings.ModelHost) { IsMono = true, IsRequired = true, Placeholder = "photos.example.com", Help = AdminStrings.HostHelp }),
        new(AdminStrings.Exceptions, AdminStrings.HostExceptionsHelp,
            new CheckField("open", AdminStrings.HostOpen) { Help = AdminStrings.HostOpenHelp },
            new AreaField("skip_path_regex", AdminStrings.UnauthenticatedPaths) { IsMono = true, Rows = 4, Placeholder = "^/share/", Help = AdminStrings.HostPathsHelp }),
        new(AdminStrings.Access, AdminStrings.HostAccessHelp, new RadioField("policy_engine_mode", AdminStrings.PolicyEngineMode, ApplicationPages.Modes)),
    ];

    protected override ValueTask<JsonObject> NewAsync(Visit visit)
    {
        var values = new JsonObject { ["policy_engine_mode"] = Bindings.AnyMode };
        if (ProviderOf(visit, null) is { } provider) values["provider"] = provider;
        return new(values);
    }

    protected override string Back(Visit visit, ProxyHost? value) =>
        ProviderOf(visit, value) is { } provider ? HostSection.Href(provider) : ListPath;

    private static long? ProviderOf(Visit visit, ProxyHost? value) => value?.Provider
        ?? (long.TryParse(visit.Form?["provider"] ?? visit.Http.Request.Query["provider"], NumberStyles.None, CultureInfo.InvariantCulture, out var pk) ? pk : null);

    private async ValueTask<IReadOnlyList<Choice>> ProvidersAsync(Visit visit) =>
        [.. (await Offers.AllAsync(visit, providers, "name", [new("mode__iexact", ProxyProviders.Domain)]))
            .Select(p => new Choice(p.Pk.ToString(CultureInfo.InvariantCulture), p.Name, null))];

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if ((await FindAsync(visit)).Value is not { } value) return visit.Http.NotFoundPage();
        var provider = (await providers.GetAsync(visit.Caller, value.Provider.ToString(CultureInfo.InvariantCulture), ListRequest.First(), visit.Ct)).Value;
        var bound = await BindingRows.OfAsync(visit, bindings, value.PbmUuid);
        var path = HostSection.Href(value.Provider);
        return new ObjectContent(
            new Shell(value.Host, ListPath, new Crumb(AdminStrings.Providers, ListPath), new Crumb(provider?.Name ?? "–", path)), AdminStrings.HostSentence)
        {
            Actions = $"{Pieces.LinkButton(Href(value) + "edit/", Strings.Edit, Icon.Pencil)}{Deleting<ProxyHost>.Button(Href(value) + "delete/")}",
            Body = $"""<div class="sections">{Facts(value, provider, path)}{BindingRows.Show(BoundThing.Of(value), bound)}</div>""",
        }.Answer(visit.Http);
    }

    private static Html Facts(ProxyHost value, ProxyProvider? provider, string path) => Pieces.Section(AdminStrings.General, null, _ => (Html)$"""
        {(value.Open ? Feedback.Alert(AdminStrings.HostIsOpen, Tone.Warning) : null)}{Pieces.DefinitionList(
            (AdminStrings.ModelHost, Pieces.Code(value.Host)),
            (AdminStrings.ModelProvider, Pieces.Link(path, provider?.Name ?? "–")),
            (AdminStrings.HostOpen, HostSection.OpenBadge(value)),
            (AdminStrings.UnauthenticatedPaths, value.SkipPathRegex.Length > 0 ? Pieces.Code(value.SkipPathRegex.ReplaceLineEndings(" · ")) : Pieces.Text(null)),
            (AdminStrings.PolicyEngineMode, Pieces.Text(value.PolicyEngineMode == Bindings.AllMode ? AdminStrings.ModeAll : AdminStrings.ModeAny)))}
        """);
}
