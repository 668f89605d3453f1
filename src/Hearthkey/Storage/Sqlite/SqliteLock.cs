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
        catch (UnauthorizedAccessException failure)
        {
            throw new StorageUnavailableException($"{path} cannot be written: give the data folder to the user that runs Hearthkey.", failure);
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new StorageUnavailableException($"The folder of {databasePath} does not exist: create it.", failure);
        }
        catch (IOException failure)
        {
            throw new StorageUnavailableException(
                $"Another Hearthkey is running on {databasePath}. Stop it first, choose another data folder, or use PostgreSQL for several nodes.",
                failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
