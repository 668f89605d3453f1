using Hearthkey.ForwardAuth.Live;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.ForwardAuth;

/// <summary>
/// What is wired badly around a provider, for its page. From the configuration, from what this node has noticed since it was started, and from
/// the event log, which all nodes share.
/// </summary>
public sealed class Findings
{
    private readonly Snapshots _snapshots;
    private readonly FindingMemory _memory;
    private readonly PastFindings _past;

    internal Findings(Snapshots snapshots, FindingMemory memory, PastFindings past) => (_snapshots, _memory, _past) = (snapshots, memory, past);

    /// <summary>The findings of a proxy provider that need no look into the database, what is wrong now first.</summary>
    public IReadOnlyList<Finding> For(long providerPk)
    {
        var part = _snapshots.Current.Get<ForwardAuthPart>();
        if (part.Find(providerPk) is not { } provider) return [];
        var arrivedAt = _memory.ArrivalOf(provider.Live.Pk, provider.Live.ExternalHost)?.At;
        var seen = _memory.Of(provider.Live.Pk)
            .Where(f => f.Kind != OutpostFinding.ProviderInNoOutpost)
            .Select(f => f with { IsOver = f.Severity == FindingSeverity.Problem && arrivedAt > f.At });
        return [.. Standing(part, provider), .. seen.OrderBy(f => f.IsOver)];
    }

    /// <summary>The findings of a provider of any kind, with what the event log of the last week says of it and of its application.</summary>
    public async ValueTask<IReadOnlyList<Finding>> ForAsync(long providerPk, CancellationToken ct)
    {
        var now = For(providerPk);
        var past = await _past.OfAsync(_snapshots.Current, providerPk, ct);
        return [.. now, .. past.Where(p => p.Kind is null || !now.Any(f => f.Kind == p.Kind))];
    }

    /// <summary>How the wiring of a proxy provider stands.</summary>
    public LiveCheck LiveCheck(long providerPk)
    {
        var part = _snapshots.Current.Get<ForwardAuthPart>();
        if (part.Find(providerPk) is not { } provider) return new(LiveCheckState.Waiting);
        if (provider.Obstacle(part.Base) is { } obstacle) return new(LiveCheckState.Problem, null, obstacle);
        var arrival = _memory.ArrivalOf(provider.Live.Pk, provider.Live.ExternalHost);
        var problem = _memory.Of(provider.Live.Pk).FirstOrDefault(f => f.Severity == FindingSeverity.Problem && f.Kind != OutpostFinding.ProviderInNoOutpost);
        if (problem is not null && !(arrival?.At > problem.At)) return new(LiveCheckState.Problem, problem.At, problem);
        return arrival is not null ? new(LiveCheckState.Green, arrival.At) { Proxy = arrival.Proxy } : new(LiveCheckState.Waiting, null, _memory.Unplaced);
    }

    private static IEnumerable<Finding> Standing(ForwardAuthPart part, ServedProvider provider)
    {
        if (provider.Obstacle(part.Base) is { } obstacle) yield return obstacle;
        var ofHosts = provider.Live.HostRules.SelectMany(rule => rule.SkipPaths.Unanchored.Select(line => (Came: $"{rule.Host}: {line}", line)));
        foreach (var (came, line) in provider.Live.SkipPaths.Unanchored.Select(line => (line, line)).Concat(ofHosts))
            yield return new(FindingSeverity.Warning, ForwardAuthStrings.Unanchored, came, Texts.Format(ForwardAuthStrings.UnanchoredExpected, "^" + line),
                ForwardAuthStrings.UnanchoredChange, null);
    }
}
