using System.Data.Common;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>Writes the outpost's reports into the event log, in the background: a check never waits for it.</summary>
internal sealed partial class ReportWriter(ReportQueue queue, IStore store, AuditLog audit, TimeProvider time, ILogger<ReportWriter> log)
    : BackgroundService
{
    public const string App = "authentik.providers.proxy";

    /// <summary>Keeps a proxy that is wired badly from writing once a request.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WriteAsync(await queue.TakeAsync(stoppingToken), stoppingToken);
                await Task.Delay(_pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(IReadOnlyList<OutpostReport> reports, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(async db =>
            {
                foreach (var report in reports)
                    await audit.AppendCoalescedAsync(db, EventActions.ConfigurationError, App, ActorOf(report), Subject(report), Context(report), report.Finding.ToString());
                return true;
            }, ct);
        }
        catch (DbException failure)
        {
            Log.Lost(log, reports.Count, failure);
        }
    }

    private static Actor ActorOf(OutpostReport report)
    {
        var peer = report.Peer is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : report.Peer;
        return peer is null ? Actor.Server : Actor.Unknown(peer.ToString());
    }

    private static string? Subject(OutpostReport report) => report.Provider is { } provider ? ProvidersPart.Subject(provider.Pk) : null;

    private static JsonObject Context(OutpostReport report)
    {
        var what = new JsonObject
        {
            ["message"] = FindingTexts.Title(report.Finding),
            ["finding"] = report.Finding.ToString(),
            ["came"] = report.Came,
            ["expected"] = report.Expected,
            ["change"] = report.Change,
            ["status"] = report.Status,
            ["reference"] = report.Reference,
            ["url"] = report.Url,
            ["headers"] = new JsonArray([.. report.Headers.Select(name => (JsonNode)name)]),
        };
        if (report.Provider is not { } provider) return what;
        what["provider"] = provider.Name;
        what["provider_pk"] = provider.Pk;
        what["outpost"] = provider.OutpostName;
        return what;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} findings of the outpost could not be written into the event log.")]
        public static partial void Lost(ILogger log, int count, Exception failure);
    }
}
