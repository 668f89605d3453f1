using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Applications → Applications: list and form. Their own page is <see cref="ApplicationPage"/>.</summary>
public sealed class ApplicationPages(ApplicationResource applications, Offers offers) : ObjectPages<Application>(applications)
{
    /// <summary>How several bindings count together.</summary>
    public static IReadOnlyList<Choice> Modes { get; } =
    [
        new(Policies.Bindings.AnyMode, AdminStrings.ModeAny, AdminStrings.ModeAnyHelp),
        new(Policies.Bindings.AllMode, AdminStrings.ModeAll, AdminStrings.ModeAllHelp),
    ];

    protected override string Path => AdminPaths.Applications;

    protected override PageWords Words => new(
        AdminStrings.Applications, AdminStrings.ApplicationsSentence, AdminStrings.CreateApplication, AdminStrings.DeleteApplicationSentence);

    protected override string EditSuffix => "edit/";

    protected override ObjectList<Application> List(Visit visit) => new(
        Path, Title, Sentence, (AdminStrings.Name, "name"), a => (Href(a), a.Name, a.Slug, Tile(a)),
        [
            Column<Application>.OfText(AdminStrings.Group, "group", a => a.Group),
            new(AdminStrings.ModelProvider, "provider", a => a.ProviderObj is { } p
                ? Pieces.Link($"{AdminPaths.Providers}{p.Pk}/", p.Name)
                : Pieces.Text(null)),
            Column<Application>.OfText(AdminStrings.ProviderType, null, a => a.ProviderObj?.VerboseName),
        ])
    {
        Arguments = [new("superuser_full_list", "true")],
    };

    protected override IReadOnlyList<FormSection> Sections(Visit visit, Application? value) =>
    [
        new(AdminStrings.General, AdminStrings.ApplicationGeneralHelp,
            new TextField("name", AdminStrings.Name) { IsRequired = true },
            new TextField("slug", AdminStrings.Slug) { Help = AdminStrings.SlugHelp, IsMono = true, SlugOf = value is null ? "name" : null },
            new SelectField("provider", AdminStrings.ModelProvider, v => offers.ProvidersAsync(v, value?.Provider))
                { IsNumber = true, Blank = AdminStrings.NoProvider, Help = AdminStrings.ApplicationProviderHelp },
            new TextField("meta_launch_url", AdminStrings.LaunchUrl) { Type = "url", Help = AdminStrings.LaunchUrlHelp, IsMono = true },
            new CheckField("open_in_new_tab", AdminStrings.OpenInNewTab)),
        new(AdminStrings.Look, AdminStrings.ApplicationLookHelp,
            new TextField("group", AdminStrings.Group) { Help = AdminStrings.ApplicationGroupHelp },
            new TextField("meta_icon", AdminStrings.IconUrl) { Help = AdminStrings.IconHelp, IsMono = true },
            new TextField("meta_publisher", AdminStrings.Publisher),
            new AreaField("meta_description", AdminStrings.Description) { Help = AdminStrings.ApplicationDescriptionHelp },
            new CheckField("meta_hide", AdminStrings.HideFromPortal) { Help = AdminStrings.HideFromPortalHelp }),
        new(AdminStrings.Access, AdminStrings.ApplicationAccessHelp, new RadioField("policy_engine_mode", AdminStrings.PolicyEngineMode, Modes)),
    ];

    protected override ValueTask<JsonObject> NewAsync(Visit visit)
    {
        var values = new JsonObject { ["policy_engine_mode"] = Policies.Bindings.AnyMode };
        if (long.TryParse(visit.Http.Request.Query["provider"], NumberStyles.None, CultureInfo.InvariantCulture, out var provider)) values["provider"] = provider;
        return new(values);
    }

    protected override void Shape(JsonObject input, Application? before)
    {
        if (input["slug"]?.ToString() is not "") return;
        input["slug"] = before?.Slug ?? Slugs.Of(input["name"]?.ToString() ?? "");
    }

    public static Html Tile(Application application) => Pieces.AppTile(application.Name, application.MetaIconUrl);
}
