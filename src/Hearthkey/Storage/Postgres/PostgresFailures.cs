using System.Net.Sockets;
using Npgsql;

namespace Hearthkey.Storage.Postgres;

internal static class PostgresFailures
{
    /// <summary>Two transactions got in each other's way; running one again helps.</summary>
    public static bool IsConflict(this PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    // two statements at once on one connection are a mistake of ours
    public static bool IsUnavailable(this NpgsqlException failure) =>
        failure is not NpgsqlOperationInProgressException && Sentence(failure.SqlState, failure.Message) is not null;

    /// <summary>What opening a connection fails with; a name that does not resolve comes as a bare socket error.</summary>
    public static bool IsOfConnecting(this Exception failure) => failure is NpgsqlException or SocketException or TimeoutException or IOException;

    public static StorageUnavailableException AsUnavailable(this Exception failure) => new(
        Sentence((failure as NpgsqlException)?.SqlState, failure.Message) ?? $"PostgreSQL lets nobody in: {failure.Message}", failure);

    // classes of PostgreSQL's appendix A; a failure without a code is one of the connection
    private static string? Sentence(string? code, string message) => code switch
    {
        null => "PostgreSQL cannot be reached: check that it runs, and its host, port and TLS settings.",
        "53100" => "PostgreSQL could not write because its disk is full: free some space.",
        "53300" => "PostgreSQL has no connection left: raise its max_connections or lower the size of the pool.",
        "25006" => "PostgreSQL is read-only: check that the host is the primary.",
        "3D000" => "PostgreSQL has no database of that name: create it.",
        ['2', '8', ..] => "PostgreSQL refused the user or the password.",
        ['0', '8', ..] or ['5', '3', ..] or ['5', '8', ..] => $"PostgreSQL cannot work at the moment: {message}",
        ['5', '7', 'P', ..] => "PostgreSQL is starting or shutting down.",
        ['X', 'X', ..] => $"PostgreSQL reports damage: {message}",
        _ => null,
    };
}
