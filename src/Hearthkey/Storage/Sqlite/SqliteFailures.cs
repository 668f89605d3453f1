using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

internal static class SqliteFailures
{
    private const int Interrupt = 9;

    public static bool IsInterrupt(this SqliteException failure) => failure.SqliteErrorCode == Interrupt;

    public static bool IsUnavailable(this SqliteException failure) => Sentence(failure) is not null;

    public static StorageUnavailableException AsUnavailable(this SqliteException failure, string path) =>
        new($"The database {path} {Sentence(failure) ?? "cannot be used."}", failure);

    // result codes of sqlite3.h
    private static string? Sentence(SqliteException failure) => failure.SqliteErrorCode switch
    {
        3 or 23 => "may not be used by this user: check who owns the data folder.",
        5 or 6 => "is locked by another program: stop what else has it open.",
        7 => "could not be read because the machine is out of memory.",
        8 => "is read-only: check the permissions of the data folder and how its disk is mounted.",
        10 => "could not be read or written: check the disk.",
        11 or 26 => "is damaged: restore it from a backup.",
        13 => "could not be written because its disk is full: free some space.",
        14 => "cannot be opened: check that the data folder exists and that this user may write there.",
        _ => null,
    };
}
