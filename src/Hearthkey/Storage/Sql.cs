using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hearthkey.Storage;

/// <summary>
/// A statement with typed holes: <c>db.ExecAsync($"update account set name = {name} where id = {id}")</c>. Each hole becomes a parameter, so input
/// can never become SQL; a type without an overload here does not compile. Lists expand for <c>in {ids}</c> and <c>not in {ids}</c>, also when
/// empty; split lists above 1000. A statement may be used more than once.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    private readonly List<SqlPart> _parts;

    public Sql(int literalLength, int formattedCount) => _parts = new((formattedCount * 2) + 1);

    internal Sql() => _parts = [];

    internal IReadOnlyList<SqlPart> Parts => _parts;

    public void AppendLiteral([ConstantExpected] string text) => _parts.Add(SqlPart.Literal(text));

    public void AppendFormatted(string? value) => Hole(value, DbType.String);

    public void AppendFormatted(long value) => Hole(value, DbType.Int64);

    public void AppendFormatted(long? value) => Hole(value, DbType.Int64);

    public void AppendFormatted(bool value) => Hole(value, DbType.Boolean);

    public void AppendFormatted(bool? value) => Hole(value, DbType.Boolean);

    public void AppendFormatted(double? value) => Hole(value, DbType.Double);

    public void AppendFormatted(byte[]? value) => Hole(value, DbType.Binary);

    /// <summary>Stored as unix milliseconds.</summary>
    public void AppendFormatted(DateTimeOffset value) => Hole(value.ToUnixTimeMilliseconds(), DbType.Int64);

    public void AppendFormatted(DateTimeOffset? value) => Hole(value?.ToUnixTimeMilliseconds(), DbType.Int64);

    /// <summary>Stored as lower-case text with hyphens.</summary>
    public void AppendFormatted(Guid value) => Hole(value.ToString("D"), DbType.String);

    public void AppendFormatted(Guid? value) => Hole(value?.ToString("D"), DbType.String);

    public void AppendFormatted(Json value) => _parts.Add(SqlPart.Hole(value.Text, DbType.String, isJson: true));

    public void AppendFormatted(Json? value) => _parts.Add(SqlPart.Hole(value?.Text, DbType.String, isJson: true));

    public void AppendFormatted(IReadOnlyCollection<string> values) => List(values, DbType.String);

    public void AppendFormatted(IReadOnlyCollection<long> values) => List(values, DbType.Int64);

    /// <summary>Puts text from the source in place.</summary>
    public void AppendFormatted(SqlText text) => _parts.Add(SqlPart.Literal(text.ToString()));

    /// <summary>Puts another statement, with its parameters, in place.</summary>
    public void AppendFormatted(Sql piece) => _parts.AddRange(piece._parts);

    public void AppendFormatted(SqlBuilder piece) => AppendFormatted((Sql)piece);

    [Obsolete("A char would be stored as its number: pass a string.", error: true)]
    public void AppendFormatted(char value) => throw new NotSupportedException();

    [Obsolete("An ulong would be stored as a double: pass a long.", error: true)]
    public void AppendFormatted(ulong value) => throw new NotSupportedException();

    private void Hole(object? value, DbType type) => _parts.Add(SqlPart.Hole(value, type));

    private void List<T>(IReadOnlyCollection<T> values, DbType type)
    {
        if (values.Count == 0)
        {
            // PostgreSQL compares only with what is of the same type
            _parts.Add(SqlPart.Literal(type == DbType.Int64 ? "(select cast(null as bigint) where 1 = 0)" : "(select cast(null as text) where 1 = 0)"));
            return;
        }
        var separator = "(";
        foreach (var value in values)
        {
            _parts.Add(SqlPart.Literal(separator));
            Hole(value, type);
            separator = ", ";
        }
        _parts.Add(SqlPart.Literal(")"));
    }
}
