using System.Data.Common;
using Npgsql;

namespace Hearthkey.Storage.Postgres;

/// <summary>Opens pooled connections for units, and single ones for what lasts: migrations, locks, listening.</summary>
internal sealed class PostgresConnections
{
    private readonly string _pooled;
    private readonly string _single;

    public PostgresConnections(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        text.ApplicationName ??= "hearthkey";
        // statements are few and constant; behind a pooler that cannot keep them the operator sets 0
        if (!given.ContainsKey("Max Auto Prepare")) text.MaxAutoPrepare = 50;
        // a page that waits longer is no better than one that says so
        if (!given.ContainsKey("Timeout")) text.Timeout = 5;
        _pooled = text.ConnectionString;
        text.Pooling = false;
        text.KeepAlive = 15;
        // a migration or the wait for another node's may take long
        text.CommandTimeout = 0;
        _single = text.ConnectionString;
    }

    public NpgsqlDataSource Source() => new NpgsqlSlimDataSourceBuilder(_pooled).EnableTransportSecurity().Build();

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(_single);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (Exception failure) when (failure.IsOfConnecting())
        {
            await connection.DisposeAsync();
            throw failure.AsUnavailable();
        }
    }
}
