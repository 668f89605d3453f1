using System.Threading.Channels;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>Takes the outpost's reports at once: into memory for the provider's page, and into a queue for the event log.</summary>
internal sealed class ReportQueue(FindingMemory memory)
{
    /// <summary>More that come in one second tell nothing new.</summary>
    private const int Most = 256;

    private readonly Channel<OutpostReport> _waiting = Channel.CreateBounded<OutpostReport>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(OutpostReport report)
    {
        memory.Take(report);
        if (report.IsProblem) _waiting.Writer.TryWrite(report);
    }

    /// <summary>Waits for the next ones: each kind of mistake at each provider and address once.</summary>
    public async ValueTask<IReadOnlyList<OutpostReport>> TakeAsync(CancellationToken ct)
    {
        await _waiting.Reader.WaitToReadAsync(ct);
        var taken = new Dictionary<(OutpostFinding, int?, string?), OutpostReport>();
        while (_waiting.Reader.TryRead(out var report))
            taken.TryAdd((report.Finding, report.Provider?.Pk, report.Peer?.ToString()), report);
        return [.. taken.Values];
    }
}
