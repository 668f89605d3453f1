using System.Data.Common;
using Hearthkey.Storage.Postgres;
using Hearthkey.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hearthkey.Storage;

/// <summary>What a failure of the database means. Constraint names differ between the two, so which rule was broken follows from the context.</summary>
public static class DbFailures
{
    /// <summary>A row with this key is there already.</summary>
    public static bool IsUnique(this DbException failure) =>
        failure is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>The row that is referred to is missing, or a row that goes is still referred to.</summary>
    public static bool IsForeignKey(this DbException failure) =>
        failure is SqliteException { SqliteExtendedErrorCode: 787 or 1811 }
            or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation };

    /// <summary>The failure as one of a database that is away, locked, full or read-only; null where it is a mistake of ours.</summary>
    internal static StorageUnavailableException? Unavailable(this DbException failure, string place) => failure switch
    {
        StorageUnavailableException known => known,
        SqliteException sqlite when sqlite.IsUnavailable() => sqlite.AsUnavailable(place),
        NpgsqlException postgres when postgres.IsUnavailable() => postgres.AsUnavailable(),
        _ => null,
    };
}
