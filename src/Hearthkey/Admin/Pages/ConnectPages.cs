using Hearthkey.Admin.Objects;
using Hearthkey.Connectors;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Applications → Connect: other systems of the house that know which apps there are.</summary>
public sealed class ConnectPages(NpmConnections connections, DockerApps docker)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(AdminPaths.Connect, ShowAsync);
        routes.Post(AdminPaths.Connect + "docker/protect/", ProtectAsync);
    }

    private async Task<IResult> ShowAsync(Visit visit) => new ObjectContent(new Shell(AdminStrings.Connect, AdminPaths.Connect), AdminStrings.ConnectSentence)
    {
        Body = $"""<div class="sections">{Npm(await connections.AllAsync(visit.Ct))}{DockerSection.Show(visit, await docker.ListAsync(visit.Ct))}</div>""",
    }.Answer(visit.Http);

    private async Task<IResult> ProtectAsync(Visit visit)
    {
        var outcome = await docker.ProtectAsync(visit.Caller, visit.Actor, visit.Form!["origin"].ToString(), visit.Ct);
        if (outcome.Value is not { } app) return Refusals.Answer(visit, outcome);
        visit.Http.Flash(nameof(Strings.WasProtected), app.Host.Origin);
        return visit.Http.SeeOther(AdminPaths.Connect + "#" + DockerSection.Id);
    }

    private static Html Npm(IReadOnlyList<NpmConnection> all) => Pieces.Section(AdminStrings.Npm, AdminStrings.NpmHelp, _ => (Html)$"""
        {(all.Count == 0 ? null : List(all))}<p>{Pieces.NewButton(NpmPages.Path + "new/", AdminStrings.NpmConnect)}</p>
        """);

    private static Html List(IReadOnlyList<NpmConnection> all) => $"""
        <ul class="findings">{Html.Join(all, c => $"""<li><div class="finding-head">{Pieces.Link($"{NpmPages.Path}{c.Uuid}/", c.Address)}<span class="soft">{c.Identity}</span></div></li>""")}</ul>
        """;
}
