using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Audit;

/// <summary>What happened: appends events inside units of work and sweeps those that have had their time.</summary>
public static class AuditArea
{
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(10);

    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton(s => new Periodic("sweep events", _sweepEvery, ct => SweepAsync(
            s.GetRequiredService<IStore>(), s.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
    }

    private static async Task SweepAsync(IStore store, DateTimeOffset now, CancellationToken ct)
    {
        const int batch = 500;
        while (await store.WriteAsync(
            db => db.ExecAsync($"delete from event where event_uuid in (select event_uuid from event where expires_at < {now} limit {batch})"), ct) == batch)
        {
        }
    }
}
