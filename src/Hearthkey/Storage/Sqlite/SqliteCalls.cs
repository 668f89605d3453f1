using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hearthkey.Storage.Sqlite;

internal static class SqliteCalls
{
    /// <summary>Runs fixed text of this folder, again and again.</summary>
    public static void Run(this KeptConnection connection, string sql)
    {
        var command = connection.Take(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch
        {
            command.Dispose();
            throw;
        }
        connection.Return(command);
    }

    /// <summary>Runs fixed text of this folder.</summary>
    public static void RunOnce(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // callers pass constants
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>False after an error for which SQLite undid the entire transaction by itself: disk full, input/output error.</summary>
    public static bool IsInTransaction(this SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) == 0;
}
