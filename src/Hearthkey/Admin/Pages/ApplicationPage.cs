using System.Globalization;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.ForwardAuth;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The page of one application: what it is, who may open it and why.</summary>
public sealed class ApplicationPage(
    ApplicationResource applications, PolicyBindings bindings, AccessCheck access, People people, SelfProbes probes, Offers offers)
{
    private const string Path = AdminPaths.Applications;

    public void Map(IEndpointRouteBuilder routes) => routes.Get(Path + "{key}/", ShowAsync);

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if ((await applications.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is not { } value) return visit.Http.NotFoundPage();
        var href = $"{Path}{value.Slug}/";
        var bound = await BindingRows.OfAsync(visit, bindings, value.PbmUuid);
        var outside = value.Provider is { } pk ? ProbeSection.Warning(await probes.OfAsync(pk, visit.Ct), $"{AdminPaths.Providers}{pk}/") : null;
        var open = value.LaunchUrl is null ? null : Pieces.LinkButton($"/application/launch/{value.Slug}/", AdminStrings.Open, Icon.ExternalLink);
        return new ObjectContent(new Shell(value.Name, Path, new Crumb(AdminStrings.Applications, Path)), value.MetaDescription.Length > 0 ? value.MetaDescription : null)
        {
            Actions = $"{open}{Pieces.LinkButton(href + "edit/", Strings.Edit, Icon.Pencil)}{Deleting<Application>.Button(href + "delete/")}",
            Body = $"""<div class="sections">{outside}{Facts(value)}{BindingRows.Show(BoundThing.Of(value), bound)}{await CheckAsync(visit, value)}</div>""",
        }.Answer(visit.Http);
    }

    private static Html Facts(Application value)
    {
        var provider = value.ProviderObj is { } p
            ? Pieces.Link($"{AdminPaths.Providers}{p.Pk}/", $"{p.Name} ({p.VerboseName})")
            : (Html)$"{Feedback.Badge(AdminStrings.NoProvider, Tone.Warning)}";
        return Pieces.Section(AdminStrings.General, null, _ => Pieces.DefinitionList(
            (AdminStrings.Slug, Pieces.Code(value.Slug)),
            (AdminStrings.ModelProvider, provider),
            (AdminStrings.LaunchUrl, value.LaunchUrl is { } url ? Pieces.Code(url) : Pieces.Text(AdminStrings.NoLaunchUrl)),
            (AdminStrings.Group, Pieces.Text(value.Group)),
            (AdminStrings.Publisher, Pieces.Text(value.MetaPublisher)),
            (AdminStrings.PolicyEngineMode, Pieces.Text(value.PolicyEngineMode == Bindings.AllMode ? AdminStrings.ModeAll : AdminStrings.ModeAny))));
    }

    private async ValueTask<Html> CheckAsync(Visit visit, Application value)
    {
        var asked = visit.Http.Request.Query["user"].ToString();
        var options = (await offers.UsersAsync(visit)).Select(u => (u.Value, u.Detail is null ? u.Text : $"{u.Text} ({u.Detail})"));
        var answer = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var pk) && await people.FindAsync(pk, visit.Ct) is { } who
            ? Verdict(access.Decide(value, who), who)
            : null;
        return Pieces.Section(AdminStrings.CheckAccess, AdminStrings.CheckAccessHelp, _ => (Html)$"""
            <form method="get" action="{Path}{value.Slug}/#check" id="check" class="inline-form">{Fields.Select("user", AdminStrings.ModelUser, asked, options)}<button class="btn">{AdminStrings.Check}</button></form>{answer}
            """);
    }

    private static Html Verdict(Decision decision, Account who) => decision.IsAllowed
        ? Feedback.Alert(decision.Reason, Tone.Good, Texts.Format(AdminStrings.MayOpen, who.Username))
        : Feedback.Alert(decision.Reason, Tone.Bad, Texts.Format(AdminStrings.MayNotOpen, who.Username));
}
