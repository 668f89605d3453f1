using System.Data;

namespace Hearthkey.Storage;

/// <summary>Either a literal piece of SQL or the value of a hole.</summary>
internal readonly record struct SqlPart
{
    private SqlPart(string? text, object? value, DbType type, bool isJson) => (Text, Value, Type, IsJson) = (text, value, type, isJson);

    /// <summary>Null for a hole.</summary>
    public string? Text { get; }

    public object? Value { get; }

    /// <summary>Given for null too: PostgreSQL cannot guess the type of a bare parameter.</summary>
    public DbType Type { get; }

    public bool IsJson { get; }

    public static SqlPart Literal(string text) => new(text, null, default, false);

    public static SqlPart Hole(object? value, DbType type, bool isJson = false) => new(null, value, type, isJson);
}
