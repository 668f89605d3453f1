using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hearthkey.Storage.Sqlite;

internal static class SqliteCalls
{
    /// <summary><c>SQLITE_FCNTL_PERSIST_WAL</c> of sqlite3.h.</summary>
    private const int PersistWal = 10;

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

    /// <summary>
    /// Leaves the files beside the database when the last connection closes: on a disk that has become full they could not be made again, and
    /// not even a read works without them.
    /// </summary>
    public static void KeepFiles(this SqliteConnection connection)
    {
        var on = 1;
        SqliteException.ThrowExceptionForRC(FileControl(connection.Handle!.DangerousGetHandle(), 0, PersistWal, ref on), connection.Handle);
    }

    // not by LibraryImport: what that writes needs unsafe code in the whole project
#pragma warning disable CA5393 // beside the binary is where it is published
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(nint database, nint name, int operation, ref int value);
#pragma warning restore CA5393
}
