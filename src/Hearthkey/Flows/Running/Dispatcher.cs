using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Running;

/// <summary>
/// The one decider of a flow (DESIGN 4.4). After each answer it looks at the stored state alone and gives the next turn to the first stage that is
/// not passed. It knows no stage by name, and the browser cannot name one.
/// </summary>
internal sealed class Dispatcher(IStore store, People people, TimeProvider time, FlowDone done, IEnumerable<FlowEntry> entries)
{
    public async Task<IResult> RunAsync(FlowVisit visit)
    {
        var ct = visit.Http.RequestAborted;
        while (visit.Plan.Stages.FirstOrDefault(s => !visit.State.Passed.Contains(s.Binding.Pk)) is { } place)
        {
            var person = visit.State.UserPk is { } pk ? await people.FindAsync(pk, ct) : null;
            var run = new StageRun(visit.Http, visit.Plan, place.Binding, visit.State, visit.Snapshot, person, visit.Purpose, visit.Info(person?.Username));
            var result = await place.Kind.RunAsync(place.Stage, run, visit.TakeAnswerFor(place.Binding.Pk), ct);
            if (!visit.IsPost && result.Write is not null && !visit.IsOwnNavigation) return FlowPages.Confirm(visit, run);
            var stop = result switch
            {
                StagePassed passed => await SaveAsync(visit, passed, place.Binding.Pk),
                StageDenied denied => await DenyAsync(visit, run, denied),
                StageAsked asked => await AskAsync(visit, asked, place.Binding.Pk),
                _ => throw new InvalidOperationException($"{place.Kind.Model} gave no result."),
            };
            if (stop is not null) return stop;
        }
        return await FinishAsync(visit);
    }

    // what only changes the state waits for the next write: a passed stage without one costs no unit of work
    private async Task<IResult?> SaveAsync(FlowVisit visit, StagePassed result, Guid binding)
    {
        var state = result.State with { Passed = [.. result.State.Passed, binding] };
        if (result.Write is not null)
            return await WriteAsync(visit, result, state, isLast: visit.Plan.Stages.All(s => state.Passed.Contains(s.Binding.Pk)));
        visit.State = state;
        return null;
    }

    private async Task<IResult> AskAsync(FlowVisit visit, StageAsked asked, Guid binding)
    {
        // the answer was for a stage that another one has passed meanwhile: back button, second click
        if (visit.HasAnswer) return FlowPages.Overtaken(visit);
        // a GET writes nothing
        if (visit.IsPost && await WriteAsync(visit, asked, asked.State, isLast: false) is { } stopped) return stopped;
        // after progress the page has an address of its own, so that reload and back button do no harm
        if (visit.IsPost && asked.Status == StatusCodes.Status200OK) return visit.Http.SeeOther(visit.Url(visit.Id));
        return FlowPages.Ask(visit, asked, binding, Entry(visit)?.Aside(visit.Http));
    }

    private async Task<IResult> DenyAsync(FlowVisit visit, StageRun run, StageDenied denied)
    {
        if (visit.IsPost && await WriteAsync(visit, denied, denied.State, isLast: false, ends: true) is { } stopped) return stopped;
        return FlowPages.Denied(visit, run, denied.Message);
    }

    private async Task<IResult> FinishAsync(FlowVisit visit)
    {
        if ((visit.Row is not null || (visit.IsPost && Entry(visit) is not null))
            && await WriteAsync(visit, new StagePassed(visit.State), visit.State, isLast: true) is { } stopped) return stopped;
        return await done.ShowAsync(visit);
    }

    /// <summary>One unit of work: the row moves on from the version that was read, or nothing happens at all.</summary>
    private async Task<IResult?> WriteAsync(FlowVisit visit, StageResult result, FlowState state, bool isLast, bool ends = false)
    {
        var entry = Entry(visit);
        var id = visit.Id ?? OpaqueSecret.New();
        var turn = new FlowTurn(FlowStateRows.Key(visit.Http, id)!, visit.Row?.Version, state, result.Write, isLast || ends,
            AddressKey.Of(visit.Http.Edge().Client), time.GetUtcNow());
        try
        {
            var end = await store.WriteAsync(async db =>
            {
                if (entry is not null && !await entry.MayGoOnAsync(db, state)) return TurnEnd.Closed;
                var end = await turn.WriteAsync(db);
                if (isLast && entry is not null && end.State is { } last) await entry.FinishAsync(db, last);
                return end;
            }, visit.Http.RequestAborted);
            if (end.IsTooMany) return FlowPages.TooMany(visit);
            if (end.State is null) return end.IsClosed ? FlowPages.Expired(visit) : FlowPages.Overtaken(visit);
            visit.Row = end.Version is { } version ? (turn.Key, version) : null;
            visit.Id = id;
            visit.State = end.State;
            result.Committed?.Invoke();
            return null;
        }
        catch (StageWriteException refusal)
        {
            return FlowPages.Refused(visit, refusal);
        }
    }

    private FlowEntry? Entry(FlowVisit visit) => visit.State.Entry is { } slug ? entries.FirstOrDefault(e => e.Slug == slug) : null;
}
