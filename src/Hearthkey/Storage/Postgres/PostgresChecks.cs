namespace Hearthkey.Storage.Postgres;

/// <summary>Looks at the server and the database before they are used.</summary>
internal static partial class PostgresChecks
{
    // xid8 and pg_current_xact_id came with 13
    private const int OldestVersion = 13;

    public static async Task RunAsync(IStore store, ILogger log, CancellationToken ct)
    {
        var (version, order) = await store.ReadAsync(
            db => db.OneAsync(
                $"""
                select cast(current_setting('server_version_num') as bigint), datcollate from pg_database
                where datname = current_database()
                """,
                row => (Version: row.Long() / 10_000, Order: row.Text())),
            ct);
        if (version < OldestVersion)
            throw new SchemaException($"Hearthkey needs PostgreSQL {OldestVersion} or newer; this server is version {version}.");
        if (order is not ("C" or "POSIX" or "C.UTF-8" or "C.utf8")) Log.OtherOrder(log, order);
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The database sorts text by {Order}. Lists are ordered as with SQLite when it is created with LC_COLLATE 'C.UTF-8'.")]
        public static partial void OtherOrder(ILogger log, string order);
    }
}
