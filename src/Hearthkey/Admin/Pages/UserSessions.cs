using Hearthkey.Admin.Objects;
using Hearthkey.Directory;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Where somebody is signed in: a section of their page, and the end of a session.</summary>
public sealed class UserSessions(AuthenticatedSessions sessions)
{
    public void Map(IEndpointRouteBuilder routes) => new Deleting<AuthenticatedSession>(
        sessions, AdminStrings.EndSessionSentence, AdminPaths.Users, visit => $"{AdminPaths.Users}{visit.Http.Request.RouteValues["user"]}/")
        .Map(routes, AdminPaths.Users + "{user:long}/sessions/{key}/delete/");

    public async ValueTask<Html> ShowAsync(Visit visit, User user)
    {
        var now = visit.Http.Ui().Now;
        var found = await Offers.AllAsync(visit, sessions, "-last_used", [new("user__username", user.Username)]);
        return $"""
            <section class="section after-form" id="sessions"><div class="section-head"><h2>{AdminStrings.Sessions}</h2><p>{AdminStrings.SessionsHelp}</p></div>
              <div class="card list">{(found.Count == 0 ? Nowhere() : Table(user, found, now))}</div></section>
            """;
    }

    private static Html Nowhere() => $"""<p class="quiet">{AdminStrings.NoSessions}</p>""";

    private static Html Table(User user, IReadOnlyList<AuthenticatedSession> found, DateTimeOffset now) => $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{AdminStrings.Sessions}"><table>
          <thead><tr>{Tables.Header(AdminStrings.Browser)}{Tables.Header(AdminStrings.ClientIp)}{Tables.Header(AdminStrings.LastUsed)}{Tables.Header(AdminStrings.Expires)}{Tables.ActionsHeader()}</tr></thead>
          <tbody>{Html.Join(found, session => Row(user, session, now))}</tbody></table></div>
        """;

    private static Html Row(User user, AuthenticatedSession session, DateTimeOffset now)
    {
        var browser = Texts.Format(AdminStrings.BrowserOn, session.UserAgent.UserAgent.Family, session.UserAgent.Os.Family);
        var delete = Tables.DeleteButton($"{AdminPaths.Users}{user.Pk}/sessions/{session.Uuid}/delete/", browser);
        return $"""
            <tr><th scope="row">{browser}{(session.Current ? Feedback.Badge(AdminStrings.ThisBrowser, Tone.Note) : null)}</th>{Tables.Cell(AdminStrings.ClientIp, session.LastIp)}{Tables.Cell(AdminStrings.LastUsed, Pieces.Time(session.LastUsed, now))}{Tables.Cell(AdminStrings.Expires, Pieces.Time(session.Expires, now))}{Tables.ActionsCell(delete)}</tr>
            """;
    }
}
