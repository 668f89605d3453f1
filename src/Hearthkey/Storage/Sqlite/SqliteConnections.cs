using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>Opens connections to the one file, with the settings that belong to a connection.</summary>
internal sealed class SqliteConnections(string path)
{
    private const string Settings =
        """
        pragma busy_timeout = 5000;
        pragma foreign_keys = on;
        pragma synchronous = full;
        pragma cache_size = -16000;
        pragma temp_store = memory;
        pragma journal_size_limit = 67108864;
        """;

    private readonly string _text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ConnectionString;

    // journal_size_limit=64 MB: any limit empties the journal that is kept at the end, so that a file of a backup never meets an old one;
    // synchronous=full: with "normal" a commit that was confirmed may be gone after a power cut; 4000 pages (16 MB, SQLite's own number is 1000):
    // pages that many units touch go to the main file once
    public KeptConnection OpenWriter() => Open("pragma journal_mode = wal;\npragma wal_autocheckpoint = 4000;\n" + Settings);

    public KeptConnection OpenReader() => Open(Settings + "pragma query_only = on;");

    private KeptConnection Open(string settings)
    {
        var connection = new KeptConnection(_text);
        try
        {
            connection.Open();
            connection.RunOnce(settings);
            connection.KeepFiles();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
