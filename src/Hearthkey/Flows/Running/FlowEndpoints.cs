using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Running;

/// <summary><c>/if/flow/&lt;slug&gt;/</c> and <c>/flows/-/default/&lt;designation&gt;/</c>.</summary>
internal sealed class FlowEndpoints(
    Snapshots snapshots, IStore store, SignInSessions sessions, People people, TimeProvider time, Dispatcher dispatcher, IEnumerable<FlowEntry> entries)
{
    public async Task<IResult> VisitAsync(HttpContext http, string slug)
    {
        var snapshot = snapshots.Current;
        if (snapshot.Get<FlowsPart>().Find(slug) is not { } plan) return http.NotFoundPage();
        var form = HttpMethods.IsPost(http.Request.Method) ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        if (form is not null && !Csrf.IsValid(http, form[Csrf.Field])) return await StaleAsync(http);
        // the browser's cookie must be set before a row is bound to it
        http.Ui();
        var next = FlowVisit.LocalNext(http, http.Request.Query["next"]);
        var visit = new FlowVisit
        {
            Http = http,
            Plan = plan,
            Snapshot = snapshot,
            Next = next,
            State = new FlowState { Flow = plan.Flow.Pk, Next = next },
            Answer = form is null ? null : (new StageAnswer(name => form[name] is [var value] ? value : null), Guid.TryParse(form["step"], out var step) ? step : null),
        };
        if (await NotAllowedAsync(visit) is { } page) return page;
        if (await LoadAsync(visit, form?["state"] is [{ Length: > 0 } id] ? id : http.Request.Query["state"]) is { } stopped) return stopped;
        return await dispatcher.RunAsync(visit);
    }

    /// <summary>Finds out which flow a designation means here, and sends the browser there.</summary>
    public static IResult Choose(HttpContext http, string designation)
    {
        if (FlowUrls.Choose(http, designation, null) is not { } plan) return http.NotFoundPage();
        return http.SeeOther($"/if/flow/{plan.Flow.Slug}/{http.Request.QueryString}");
    }

    // another tab has signed in since the form was made: where it leads to is shown by its address
    private async Task<IResult> StaleAsync(HttpContext http) => Csrf.IsSameOrigin(http) && await sessions.FindAsync(http) is not null
        ? http.SeeOther(http.Request.Path + http.Request.QueryString)
        : http.StaleForm();

    private async Task<IResult?> LoadAsync(FlowVisit visit, string? id)
    {
        if (!string.IsNullOrEmpty(id))
        {
            if (FlowStateRows.Key(visit.Http, id) is not { } key) return FlowPages.Expired(visit);
            var found = await store.ReadAsync(db => FlowStateRows.FindAsync(db, key, visit.Plan.Flow.Pk, time.GetUtcNow()), visit.Http.RequestAborted);
            if (found is not { } row) return FlowPages.Expired(visit);
            (visit.Id, visit.Row, visit.State) = (id, (key, row.Version), row.State);
            return null;
        }
        if (visit.Plan.Flow.Authentication is "require_authenticated" or "require_superuser" && await sessions.FindAsync(visit.Http) is { } session)
            visit.State = visit.State with { UserPk = session.UserPk, Proofs = session.Amr.Split(' ', StringSplitOptions.RemoveEmptyEntries), Session = session.Uuid };
        if (entries.FirstOrDefault(e => e.Slug == visit.Plan.Flow.Slug) is not { } entry) return null;
        var (state, page) = await entry.EnterAsync(visit.Http, visit.State);
        visit.State = state ?? visit.State;
        return page;
    }

    private async Task<IResult?> NotAllowedAsync(FlowVisit visit)
    {
        var (http, flow) = (visit.Http, visit.Plan.Flow);
        var session = await sessions.FindAsync(http);
        if (flow.Designation == "authentication" && session is not null && http.Request.Query["prompt"] != "login")
            return http.SeeOther(visit.Next ?? http.Ui().Links.Portal);
        switch (flow.Authentication)
        {
            case "require_unauthenticated" when session is not null && flow.Designation != "authentication":
                return http.ErrorPage(StatusCodes.Status403Forbidden, FlowStrings.SignedInTitle, FlowStrings.SignedInSentence, FlowStrings.SignedInNext,
                    action: new(FlowStrings.SignOut, FlowUrls.Invalidation(http)));
            case "require_authenticated" or "require_superuser" when session is null:
                return http.SeeOther(FlowUrls.Login(http, http.Request.Path + http.Request.QueryString));
            case "require_superuser" when await people.FindAsync(session!.UserPk, http.RequestAborted) is not { IsSuperuser: true }:
                return http.ForbiddenPage();
            default:
                return null;
        }
    }
}
