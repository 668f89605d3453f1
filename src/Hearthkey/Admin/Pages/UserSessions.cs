using Hearthkey.Admin.Objects;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Where somebody is signed in: a section of their page, and the end of one session or of all.</summary>
public sealed class UserSessions(AuthenticatedSessions sessions, Users users, SignOutEverywhere everywhere)
{
    private const string Everywhere = AdminPaths.Users + "{key}/sign-out-everywhere/";

    public void Map(IEndpointRouteBuilder routes)
    {
        new Deleting<AuthenticatedSession>(
            sessions, AdminStrings.EndSessionSentence, AdminPaths.Users, (visit, _) => $"{AdminPaths.Users}{visit.Http.Request.RouteValues["user"]}/")
            .Map(routes, AdminPaths.Users + "{user:long}/sessions/{key}/delete/");
        routes.Get(Everywhere, AskAsync);
        routes.Post(Everywhere, EndAllAsync);
    }

    /// <summary>A button that opens the question.</summary>
    public static Html Button(User user) => $"""
        <a class="btn" href="{Href(user)}sign-out-everywhere/" hx-get="{Href(user)}sign-out-everywhere/" hx-target="#dialog" hx-swap="innerHTML">{Icon.Logout}{AdminStrings.SignOutEverywhere}</a>
        """;

    public async ValueTask<Html> ShowAsync(Visit visit, User user)
    {
        var now = visit.Http.Ui().Now;
        var found = await Offers.AllAsync(visit, sessions, "-last_used", [new("user__username", user.Username)]);
        return $"""
            <section class="section after-form" id="sessions"><div class="section-head"><h2>{AdminStrings.Sessions}</h2><p>{AdminStrings.SessionsHelp}</p></div>
              <div class="card list">{(found.Count == 0 ? Nowhere() : Table(user, found, now))}</div></section>
            """;
    }

    private async Task<IResult> AskAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } user) return visit.Http.NotFoundPage();
        var title = Texts.Format(AdminStrings.SignOutEverywhereTitle, user.Username);
        return visit.Http.Confirm(
            new(title, AdminStrings.SignOutEverywhereSentence, AdminStrings.SignOutEverywhere, visit.Http.Request.Path, Href(user)) { Active = AdminPaths.Users });
    }

    private async Task<IResult> EndAllAsync(Visit visit)
    {
        if (await FindAsync(visit) is not { } user) return visit.Http.NotFoundPage();
        await everywhere.RunAsync(user.Pk, user.Username, visit.Actor, visit.Ct);
        visit.Http.Flash(nameof(Strings.WasSignedOutEverywhere), user.Username);
        return visit.Http.SeeOther(Href(user));
    }

    private async Task<User?> FindAsync(Visit visit) => (await users.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value;

    private static string Href(User user) => $"{AdminPaths.Users}{user.Pk}/";

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
