using Npgsql;

namespace Hearthkey.Storage.Postgres;

/// <summary>Lets one node after the other start. Bound to a transaction, not a session, so that it works through a pooler too.</summary>
internal static class PostgresStartLock
{
    private const long Key = 7305802;

    public static async Task<IAsyncDisposable> TakeAsync(PostgresConnections connections, CancellationToken ct)
    {
        var connection = await connections.OpenAsync(ct);
        try
        {
            await connection.BeginTransactionAsync(ct);
            await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
            await command.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
