using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Audit;
using Hearthkey.Resources;
using Hearthkey.System;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Events → Logs.</summary>
public sealed class EventPages(Events events, EventContext contexts)
{
    private const string Path = AdminPaths.Events;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path, ListAsync);
        routes.Get(Path + "{key}/", ShowAsync);
    }

    private Task<IResult> ListAsync(Visit visit)
    {
        var now = visit.Http.Ui().Now;
        return new ObjectList<Event>(
            Path, AdminStrings.Logs, AdminStrings.LogsSentence, (AdminStrings.Event, "action"),
            e => ($"{Path}{e.Pk}/", EventTexts.Action(e.Action), EventTexts.Sentence(e), null),
            [
                new(AdminStrings.ModelUser, "user", e => Pieces.Text(EventTexts.Who(e))),
                new(AdminStrings.When, "created", e => Pieces.Time(e.Created, now)),
                Column<Event>.OfText(AdminStrings.ClientIp, "client_ip", e => e.ClientIp),
            ])
        {
            Order = "-created",
            Filters = [("action", AdminStrings.AnyAction, [.. EventActions.All.Select(a => (a, EventTexts.Action(a)))])],
        }.ShowAsync(visit, events);
    }

    private async Task<IResult> ShowAsync(Visit visit)
    {
        if ((await events.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value is not { } value) return visit.Http.NotFoundPage();
        var title = EventTexts.Action(value.Action);
        return new ObjectContent(new Shell(title, Path, new Crumb(AdminStrings.Logs, Path)), EventTexts.Sentence(value))
        {
            Body = $"""<div class="sections">{Facts(value, visit.Http.Ui().Now)}{contexts.Show(value)}</div>""",
        }.Answer(visit.Http);
    }

    private static Html Facts(Event value, DateTimeOffset now) => Pieces.Section(AdminStrings.General, null, _ => Pieces.DefinitionList(
        (AdminStrings.When, Pieces.Time(value.Created, now)),
        (AdminStrings.ModelUser, EventTexts.WhoLink(value)),
        (AdminStrings.ClientIp, Pieces.Text(value.ClientIp)),
        (AdminStrings.KeptUntil, Pieces.Time(value.Expires, now))));
}
