namespace Hearthkey.Storage;

/// <summary>Where the rows are.</summary>
public sealed record StorageOptions
{
    /// <summary>The folder that holds <c>hearthkey.db</c>; made if it is missing, readable by its owner only. Used with PostgreSQL too, by others.</summary>
    public required string DataFolder { get; init; }

    /// <summary>An Npgsql connection string; null (the default) means SQLite. PostgreSQL 13 or newer, for the transaction numbers of the change feed.</summary>
    public string? PostgresConnectionString { get; init; }

    /// <summary>The steps of the schema; default: those built in. A test may add its own.</summary>
    public Func<Dialect, IReadOnlyList<MigrationStep>> Migrations { get; init; } = Migrator.BuiltIn;
}
