using Npgsql;

namespace Hearthkey.Storage.Postgres;

/// <summary>Waits for announcements on a connection of its own. They only shorten the wait for the next poll, so nothing is lost while it is away.</summary>
internal sealed class PostgresListener(PostgresConnections connections, TimeProvider time)
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Action wake, CancellationToken ct)
    {
        var pause = _shortestPause;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.OpenAsync(ct);
                connection.Notification += (_, _) => wake();
                await using (var listen = new NpgsqlCommand($"listen {UnitRules.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
                pause = _shortestPause;
                // what was announced before it listened
                wake();
                while (true) await connection.WaitAsync(ct);
            }
            catch (Exception failure) when (failure is StorageUnavailableException || failure.IsOfConnecting())
            {
                await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
            }
        }
    }
}
