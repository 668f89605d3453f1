using System.Data.Common;
using System.Globalization;
using System.Text;
using Hearthkey.Storage.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Hearthkey.Storage;

/// <summary>Turns a statement into a command with typed parameters.</summary>
internal static class SqlCommand
{
    // with its prefix: without, SQLite's provider tries every one there is, for each parameter of each run
    private static readonly string[] _names = [.. Enumerable.Range(0, 100).Select(Name)];

    public static DbCommand Create(DbConnection connection, Sql sql)
    {
        var text = Text(sql);
        var command = connection is KeptConnection kept ? kept.Take(text) : connection.CreateCommand();
#pragma warning disable CA2100 // the only place that sets it; Sql is made of literals and parameter names
        if (command.CommandText != text) command.CommandText = text;
#pragma warning restore CA2100
        var index = 0;
        foreach (var part in sql.Parts)
            if (part.Text is null) Set(command, index++, part);
        return command;
    }

    /// <summary>To be called once a command of <see cref="Create"/> is done with.</summary>
    /// <param name="isGood">It ran to its end, so that it can be used again.</param>
    public static ValueTask ReleaseAsync(DbConnection connection, DbCommand command, bool isGood)
    {
        if (!isGood || connection is not KeptConnection kept) return command.DisposeAsync();
        kept.Return((Microsoft.Data.Sqlite.SqliteCommand)command);
        return ValueTask.CompletedTask;
    }

    private static string Text(Sql sql)
    {
        if (sql.Parts is [{ Text: { } only }]) return only;
        var text = new StringBuilder();
        var holes = 0;
        foreach (var part in sql.Parts) text.Append(part.Text ?? NameOf(holes++));
        return text.ToString();
    }

    private static void Set(DbCommand command, int index, SqlPart part)
    {
        var isNew = index == command.Parameters.Count;
        var parameter = isNew ? command.CreateParameter() : command.Parameters[index];
        if (isNew) parameter.ParameterName = NameOf(index);
        parameter.DbType = part.Type;
        if (part.IsJson && parameter is NpgsqlParameter json) json.NpgsqlDbType = NpgsqlDbType.Jsonb;
        parameter.Value = part.Value ?? DBNull.Value;
        if (isNew) command.Parameters.Add(parameter);
    }

    private static string NameOf(int index) => index < _names.Length ? _names[index] : Name(index);

    private static string Name(int index) => "@p" + index.ToString(CultureInfo.InvariantCulture);
}
