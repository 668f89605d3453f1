using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.ForwardAuth.Live;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.Keys;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>
/// Keeps the list of hosts in step with the configuration and asks those that are due. Nodes share the work through the rows: whoever moves the
/// due time of one asks it.
/// </summary>
internal sealed class ProbeRound(Snapshots snapshots, IStore store, AuditLog audit, Prober prober, SeenHosts seen, TimeProvider time)
{
    /// <summary>How often a host is asked; own choice: often enough to notice within the hour, too seldom to be seen in anybody's log.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>A host that stays open is told again after this long.</summary>
    private static readonly TimeSpan _remindAfter = TimeSpan.FromDays(1);

    /// <summary>Hosts of a domain that nobody asked for are forgotten.</summary>
    private static readonly TimeSpan _forgetAfter = TimeSpan.FromDays(30);

    /// <summary>A new host is left alone for this long, unless a check comes: somebody is just wiring its proxy.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>A host that was not in order is asked again when checks come for it, no sooner than this.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a host whose proxy was just told to change.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private const int MostAtOnce = 20, Beside = 4, NonceLength = 20;

    private static readonly long[] _nobody = [-1];

    private ForwardAuthPart? _inStep;

    /// <summary>One run of the background job.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var snapshot = snapshots.Current;
        await KeepInStepAsync(snapshot, ct);
        var now = time.GetUtcNow();
        var arrived = seen.Arrivals();
        if (arrived.Count == 0) arrived = _nobody;
        if ((await store.ReadAsync(db => ProbeRows.DueAsync(db, now, arrived, _pause, 1), ct)).Count == 0) return;
        var mine = await store.WriteAsync(db => ClaimAsync(db, now, arrived), ct);
        await AskAsync(snapshot, mine, TimeSpan.Zero, ct);
    }

    /// <summary>Asks every host of one provider now.</summary>
    /// <param name="named">Hosts of its domain that are not known yet.</param>
    /// <param name="patience">For this long a host that stands open is asked again: its proxy was just told to change.</param>
    public async Task RunAsync(long provider, IReadOnlyList<string> named, TimeSpan patience, CancellationToken ct)
    {
        foreach (var origin in named) seen.Add(provider, origin);
        var snapshot = snapshots.Current;
        await KeepInStepAsync(snapshot, ct);
        await AskAsync(snapshot, await store.ReadAsync(db => ProbeRows.OfAsync(db, provider), ct), patience, ct);
    }

    private static async ValueTask<List<ProbeRow>> ClaimAsync(Db db, DateTimeOffset now, IReadOnlyCollection<long> arrived)
    {
        List<ProbeRow> mine = [];
        foreach (var row in await ProbeRows.DueAsync(db, now, arrived, _pause, MostAtOnce))
            if (await ProbeRows.ClaimAsync(db, row, now + Every)) mine.Add(row);
        return mine;
    }

    private async Task KeepInStepAsync(Snapshot snapshot, CancellationToken ct)
    {
        var part = snapshot.Get<ForwardAuthPart>();
        var named = seen.Drain();
        if (ReferenceEquals(_inStep, part) && named.Count == 0) return;
        var targets = ProbeTarget.Of(snapshot).ToDictionary(t => t.Pk);
        var now = time.GetUtcNow();
        await store.WriteAsync(async db =>
        {
            foreach (var row in await ProbeRows.AllAsync(db))
            {
                var keeps = targets.TryGetValue(row.ProviderPk, out var target) && (row.IsSeen
                    ? row.SeenAt > now - _forgetAfter && target.Takes(part.Configuration, row.Origin)
                    : row.Origin == target.External);
                if (!keeps) await ProbeRows.RemoveAsync(db, row);
            }
            foreach (var target in targets.Values)
            {
                if (target.External is { } external) await ProbeRows.AddAsync(db, target, external, isSeen: false, now, now + Grace);
                await ProbeRows.RewireAsync(db, target, now);
            }
            foreach (var (provider, origin) in named)
                if (targets.TryGetValue(provider, out var target) && target.Takes(part.Configuration, origin)) await ProbeRows.AddAsync(db, target, origin, isSeen: true, now, now);
            return true;
        }, ct);
        _inStep = part;
    }

    private async Task AskAsync(Snapshot snapshot, IReadOnlyList<ProbeRow> rows, TimeSpan patience, CancellationToken ct)
    {
        var targets = ProbeTarget.Of(snapshot).ToDictionary(t => t.Pk);
        await Parallel.ForEachAsync(rows.Where(r => targets.ContainsKey(r.ProviderPk)), new ParallelOptions { MaxDegreeOfParallelism = Beside, CancellationToken = ct },
            async (row, stop) => await AskAsync(snapshot, targets[row.ProviderPk], row, patience, stop));
    }

    private async ValueTask AskAsync(Snapshot snapshot, ProbeTarget target, ProbeRow row, TimeSpan patience, CancellationToken ct)
    {
        var configuration = snapshot.Get<ForwardAuthPart>().Configuration;
        var paths = ProbeRequest.Choose(configuration, row.Origin, OpaqueSecret.Letters(NonceLength).ToLowerInvariant());
        var proxy = row.IsSeen ? new Uri(target.Provider.Row.ExternalHost) : null;
        var request = new ProbeRequest(new Uri(row.Origin), paths, proxy, snapshot.OwnOrigins());
        var until = time.GetUtcNow() + patience;
        var outcome = await prober.AskAsync(request, ct);
        for (; outcome.State == ProbeState.Open && time.GetUtcNow() < until; outcome = await prober.AskAsync(request, ct)) await Task.Delay(_again, time, ct);
        await store.WriteAsync(async db =>
        {
            await ProbeRows.SaveAsync(db, row, outcome);
            if (outcome.State != ProbeState.Open) await ProbeRows.CalmAsync(db, row);
            else if (await ProbeRows.IsNewsAsync(db, row, outcome.At, outcome.At - _remindAfter)) await audit.AppendAsync(db, EventActions.ConfigurationError, ReportWriter.App, snapshot.ServerFor(new Uri(row.Origin).Host), Tell(target, row, outcome));
            return true;
        }, ct);
    }

    private static JsonObject Tell(ProbeTarget target, ProbeRow row, ProbeOutcome outcome) => new()
    {
        ["message"] = Ui.Texts.Format(ForwardAuthStrings.ProbeAlert, row.Origin),
        ["finding"] = "OpenFromOutside",
        ["came"] = string.Join('\n', ProbeTexts.Came(outcome)),
        ["change"] = ProbeTexts.Change(outcome),
        ["url"] = row.Origin,
        ["provider"] = target.Provider.Row.Name,
        ["provider_pk"] = target.Pk,
        ["application"] = target.Provider.Application?.Name,
    };
}
