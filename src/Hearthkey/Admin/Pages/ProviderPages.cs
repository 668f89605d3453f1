using System.Globalization;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Applications;
using Hearthkey.ForwardAuth;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Applications → Providers: the list of all kinds, and the choice of one for a new provider.</summary>
public sealed class ProviderPages(Providers providers, SelfProbes probes)
{
    private const string Path = AdminPaths.Providers;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path, ListAsync);
        routes.Get(Path + "new/", ChooseAsync);
        routes.Get(Path + "{key}/", FindPageAsync);
    }

    private async Task<IResult> ListAsync(Visit visit) => await List(await probes.OpenAsync(visit.Ct)).ShowAsync(visit, providers);

    private static ObjectList<Provider> List(IReadOnlySet<long> open) => new(
        Path, AdminStrings.Providers, AdminStrings.ProvidersSentence, (AdminStrings.Name, "name"), p => (Href(p), p.Name, null, null),
        [
            Column<Provider>.OfText(AdminStrings.Type, null, p => p.VerboseName),
            new(AdminStrings.ModelApplication, null, p => p.AssignedApplicationSlug is { } slug
                ? Pieces.Link($"{AdminPaths.Applications}{slug}/", p.AssignedApplicationName ?? slug)
                : Feedback.Badge(AdminStrings.NoApplication, Tone.Warning)),
            new(AdminStrings.FromOutside, null, p => open.Contains(p.Pk) ? Feedback.Badge(AdminStrings.ProbeOpen, Tone.Bad) : Pieces.Text(null)),
        ])
    {
        CreateButton = Pieces.NewButton(Path + "new/", AdminStrings.Create),
        Buttons = p => [Tables.EditButton(Href(p) + "edit/", p.Name), Tables.DeleteButton(Href(p) + "delete/", p.Name)],
    };

    private Task<IResult> ChooseAsync(Visit visit) => Task.FromResult(new ObjectContent(
        new Shell(AdminStrings.CreateProvider, Path, new Crumb(AdminStrings.Providers, Path)), AdminStrings.CreateProviderSentence)
    {
        Body = $"""<ul class="kinds">{Html.Join(providers.Kinds.OrderByDescending(k => k.VerboseName, StringComparer.Ordinal), Card)}</ul>""",
    }.Answer(visit.Http));

    private static Html Card(ProviderKind kind) => $"""
        <li><a class="card" href="{KindPath(kind.Model)}new/">{(kind.Model.Contains("proxy", StringComparison.Ordinal) ? Icon.ShieldLock : Icon.ArrowsSplit2)}<span><strong>{kind.VerboseName}</strong><small>{kind.Description}</small></span>{Icon.ChevronRight}</a></li>
        """;

    private async Task<IResult> FindPageAsync(Visit visit) =>
        (await providers.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is { } provider
            ? visit.Http.SeeOther(Href(provider) + visit.Http.Request.QueryString)
            : visit.Http.NotFoundPage();

    /// <summary>The page of a provider.</summary>
    public static string Href(Provider provider) => KindPath(provider.MetaModelName) + provider.Pk.ToString(CultureInfo.InvariantCulture) + "/";

    // authentik_providers_oauth2.oauth2provider → oauth2
    private static string KindPath(string model) => $"{Path}{model[(model.LastIndexOf('.') + 1)..].Replace("provider", "", StringComparison.Ordinal)}/";
}
