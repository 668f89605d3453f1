using Npgsql;

namespace Hearthkey.Hosting.Reading;

/// <summary>The <c>POSTGRESQL__…</c> names as one connection text.</summary>
internal static class PostgresSettings
{
    public static string? Read(Func<string, string?> text, List<string> errors)
    {
        var host = text("POSTGRESQL__HOST");
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Database = text("POSTGRESQL__NAME") ?? "hearthkey",
            Username = text("POSTGRESQL__USER") ?? "hearthkey",
            Password = text("POSTGRESQL__PASSWORD"),
        };
        if (text("POSTGRESQL__PORT") is { } port)
        {
            if (int.TryParse(port, out var number) && number is > 0 and < 65536) connection.Port = number;
            else errors.Add($"POSTGRESQL__PORT is “{port}”: write a port number.");
        }
        if (text("POSTGRESQL__SSLMODE") is { } mode)
        {
            if (Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var ssl)) connection.SslMode = ssl;
            else errors.Add($"POSTGRESQL__SSLMODE is “{mode}”: write disable, prefer, require, verify-ca or verify-full.");
        }
        if (text("POSTGRESQL__SSLROOTCERT") is { } root) connection.RootCertificate = root;
        if (host is not null) return connection.ConnectionString;
        if (text("POSTGRESQL__USER") is not null || text("POSTGRESQL__PASSWORD") is not null)
            errors.Add("POSTGRESQL__HOST is missing although other POSTGRESQL__ settings are given.");
        return null;
    }
}
