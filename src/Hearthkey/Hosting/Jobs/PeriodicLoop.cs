using System.Data.Common;

namespace Hearthkey.Hosting.Jobs;

/// <summary>Runs every <see cref="Periodic"/> that the areas registered.</summary>
internal sealed partial class PeriodicLoop(IEnumerable<Periodic> jobs, TimeProvider time, ILogger<PeriodicLoop> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(jobs.Select(j => LoopAsync(j, stoppingToken)));

    private async Task LoopAsync(Periodic job, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(job.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) await OnceAsync(job, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private async Task OnceAsync(Periodic job, CancellationToken ct)
    {
        try
        {
            await job.RunAsync(ct);
        }
        catch (DbException e) when (!ct.IsCancellationRequested)
        {
            Log.Delayed(log, job.Name, e.Message);
        }
#pragma warning disable CA1031 // a job that fails once must run again: what failed is in the log
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(log, job.Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Job} could not use the database and will run again: {Reason}")]
        public static partial void Delayed(ILogger logger, string job, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Job} failed and will run again.")]
        public static partial void Failed(ILogger logger, string job, Exception exception);
    }
}
