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
            return new SqliteLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(Sentence(failure, databasePath, Path.GetDirectoryName(path) ?? ""), failure);
        }
    }

    private static string Sentence(Exception failure, string database, string folder) => failure is DirectoryNotFoundException
        ? $"The folder of {database} does not exist: create it."
        : FileFailures.WhyReadOnly(failure, folder)
            ?? $"Another Hearthkey is running on {database}. Stop it first, choose another data folder, or use PostgreSQL for several nodes.";

    public void Dispose() => _file.Dispose();
}
