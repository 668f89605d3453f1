using System.Collections.Concurrent;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>What this node has noticed since it was started; bounded by the number of providers and kinds.</summary>
internal sealed class FindingMemory(TimeProvider time)
{
    private readonly ConcurrentDictionary<(int Provider, OutpostFinding Kind), Seen> _seen = new();
    private readonly ConcurrentDictionary<int, Arrival> _arrivals = new();
    private volatile Finding? _unplaced;

    /// <summary>The last thing that belongs to no provider, such as a check for a host that none has.</summary>
    public Finding? Unplaced => _unplaced;

    public void Take(OutpostReport report)
    {
        var now = time.GetUtcNow();
        if (report.Provider is not { } provider) _unplaced = ToFinding(report, now, 1);
        else if (!report.IsProblem) _arrivals[provider.Pk] = new(now, provider.ExternalHost, report.Proxy);
        else _seen.AddOrUpdate((provider.Pk, report.Finding), _ => new(report, now, 1), (_, old) => new(report, now, old.Count + 1));
    }

    /// <summary>The last good check for this external host.</summary>
    public Arrival? ArrivalOf(int provider, string externalHost) =>
        _arrivals.TryGetValue(provider, out var arrival) && arrival.ExternalHost == externalHost ? arrival : null;

    /// <summary>What was seen of this provider, the latest first.</summary>
    public IReadOnlyList<Finding> Of(int provider) =>
    [
        .. Enum.GetValues<OutpostFinding>()
            .Select(kind => _seen.GetValueOrDefault((provider, kind)))
            .OfType<Seen>()
            .OrderByDescending(seen => seen.At)
            .Select(seen => ToFinding(seen.Report, seen.At, seen.Count)),
    ];

    private static Finding ToFinding(OutpostReport report, DateTimeOffset at, long count) =>
        new(FindingTexts.SeverityOf(report.Status), FindingTexts.Title(report.Finding), report.Came, report.Expected, report.Change, at)
        {
            Count = count,
            Status = report.Status,
            Kind = report.Finding,
        };

    private sealed record Seen(OutpostReport Report, DateTimeOffset At, long Count);

    /// <summary>A good check.</summary>
    public sealed record Arrival(DateTimeOffset At, string ExternalHost, string Proxy);
}
