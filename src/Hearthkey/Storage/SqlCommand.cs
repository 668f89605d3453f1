using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Hearthkey.Storage;

/// <summary>Turns a statement into a command with typed parameters.</summary>
internal static class SqlCommand
{
    public static DbCommand Create(DbConnection connection, Sql sql)
    {
        var command = connection.CreateCommand();
        var text = new StringBuilder();
        foreach (var part in sql.Parts)
        {
            if (part.Text is { } literal) text.Append(literal);
            else text.Append('@').Append(AddParameter(command, part));
        }
#pragma warning disable CA2100 // the only place that sets it; Sql is made of literals and parameter names
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        return command;
    }

    private static string AddParameter(DbCommand command, SqlPart part)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "p" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        parameter.DbType = part.Type;
        if (part.IsJson && parameter is NpgsqlParameter json) json.NpgsqlDbType = NpgsqlDbType.Jsonb;
        parameter.Value = part.Value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
