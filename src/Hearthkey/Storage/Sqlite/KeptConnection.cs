using Microsoft.Data.Sqlite;

namespace Hearthkey.Storage.Sqlite;

/// <summary>
/// A connection that keeps its compiled statements: compiling one costs more than running most of them. Used by one unit of work at a time.
/// </summary>
internal sealed class KeptConnection(string text) : SqliteConnection(text)
{
    /// <summary>Own choice: about twice the statements of the code; lists of different lengths make texts of their own.</summary>
    private const int Most = 300;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>A command with this text, whose parameters are there already where it was used before.</summary>
    public SqliteCommand Take(string sql)
    {
        if (_idle.Remove(sql, out var known)) return known;
        var command = CreateCommand();
#pragma warning disable CA2100 // Sql is made of literals and parameter names, the rest are constants of this folder
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>Gives back a command that ran to its end; one that failed is disposed of by its user.</summary>
    public void Return(SqliteCommand command)
    {
        // what is hot comes back at once
        if (_idle.Count >= Most) Forget();
        foreach (SqliteParameter parameter in command.Parameters) parameter.Value = DBNull.Value;
        if (!_idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Forget();
        base.Dispose(disposing);
    }

    private void Forget()
    {
        foreach (var command in _idle.Values) command.Dispose();
        _idle.Clear();
    }
}
