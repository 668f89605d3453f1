namespace Hearthkey.Storage.Sqlite;

/// <summary>Keeps a second process off the file: its changes would not be heard of here. The system frees the lock when the process ends, however it ends.</summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteLock(FileStream file) => _file = file;

    public static SqliteLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                CheckWritable(databasePath);
            }
            catch
            {
                file.Dispose();
                throw;
            }
            return new SqliteLock(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(Sentence(failure, databasePath, Path.GetDirectoryName(path) ?? ""), failure);
        }
    }

    // before SQLite opens it: beside a file that is read-only it makes others that are, and they stay so. Nobody else in this process has it open yet
    private static void CheckWritable(string databasePath)
    {
        foreach (var path in (string[])[databasePath, databasePath + "-wal", databasePath + "-shm"])
        {
            if (!File.Exists(path)) continue;
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new StorageUnavailableException($"The database {path} is read-only: make the file and its folder writable for the user that runs Hearthkey.", failure);
            }
        }
    }

    private static string Sentence(Exception failure, string database, string folder) => failure is DirectoryNotFoundException
        ? $"The folder of {database} does not exist: create it."
        : FileFailures.WhyReadOnly(failure, folder)
            ?? $"Another Hearthkey is running on {database}. Stop it first, choose another data folder, or use PostgreSQL for several nodes.";

    public void Dispose() => _file.Dispose();
}
