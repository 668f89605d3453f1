using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

internal static class SqliteFailures
{
    private const int Interrupt = 9;

    public static bool IsInterrupt(this SqliteException failure) => failure.SqliteErrorCode == Interrupt;

    /// <summary>The file may be another one by now, or its disk mounted anew: not where it was locked or its disk full.</summary>
    public static bool IsOfTheFile(this Exception failure) => failure is not SqliteException { SqliteErrorCode: 5 or 6 or 13 };

    public static bool IsUnavailable(this SqliteException failure) => Sentence(failure, "") is not null;

    public static StorageUnavailableException AsUnavailable(this SqliteException failure, string path) =>
        new($"The database {path} {Sentence(failure, path) ?? "cannot be used."}", failure);

    // result codes of sqlite3.h
    private static string? Sentence(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        3 or 23 => "may not be used by this user: check who owns the data folder.",
        5 or 6 => "is locked by another program: stop what else has it open.",
        7 => "could not be read because the machine is out of memory.",
        8 => IsDiskReadOnly(path)
            ? "is on a disk that is read-only: check the disk, then mount it writable."
            : "is read-only: make the file and its folder writable for the user that runs Hearthkey.",
        10 => IsDiskReadOnly(path)
            ? "is on a disk that is read-only: check the disk, then mount it writable."
            : "could not be read or written: check the disk.",
        11 or 26 => "is damaged: restore it from a backup.",
        13 => "could not be written because its disk is full: free some space.",
        14 => "cannot be opened: check that the data folder exists and that this user may write there.",
        _ => null,
    };

    // a file that is open when its disk turns read-only fails as if the disk were broken
    private static bool IsDiskReadOnly(string path)
    {
        if (path.Length == 0) return false;
        try
        {
            using var probe = new FileStream(path + ".probe", FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return false;
        }
        catch (IOException failure)
        {
            return failure.IsReadOnlyDisk();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
