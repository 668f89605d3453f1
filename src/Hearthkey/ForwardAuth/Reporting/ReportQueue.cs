using System.Threading.Channels;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>
/// Takes the outpost's reports at once: into memory for the provider's page, and to wait for the event log: each kind of mistake at each provider
/// and address once. What belongs to no provider waits apart: whoever floods us with made-up hosts displaces nothing that is somebody's.
/// </summary>
internal sealed class ReportQueue(FindingMemory memory)
{
    /// <summary>More that come in one second tell nothing new.</summary>
    private const int Most = 256;

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Dictionary<(OutpostFinding, int?, string?), OutpostReport> _ofProviders = [];
    private readonly Dictionary<(OutpostFinding, int?, string?), OutpostReport> _ofStrangers = [];
    private readonly Lock _lock = new();

    public void Add(OutpostReport report)
    {
        memory.Take(report);
        if (!report.IsProblem) return;
        lock (_lock)
        {
            var waiting = report.Provider is null ? _ofStrangers : _ofProviders;
            if (waiting.Count < Most) waiting.TryAdd((report.Finding, report.Provider?.Pk, report.Peer?.ToString()), report);
        }
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for the next ones.</summary>
    public async ValueTask<IReadOnlyList<OutpostReport>> TakeAsync(CancellationToken ct)
    {
        await _signal.Reader.ReadAsync(ct);
        lock (_lock)
        {
            IReadOnlyList<OutpostReport> taken = [.. _ofProviders.Values, .. _ofStrangers.Values];
            _ofProviders.Clear();
            _ofStrangers.Clear();
            return taken;
        }
    }
}
