using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hearthkey.Storage;

/// <summary>
/// A statement put together step by step, for lists with filters and orders that are known only at run time. Safe for the same reason as
/// <see cref="Sql"/>: text comes from the source, input only through holes. Use it wherever a <see cref="Sql"/> is expected.
/// </summary>
public sealed class SqlBuilder
{
    private readonly Sql _sql = new();

    public SqlBuilder Append([ConstantExpected] string text) => Append(SqlText.Constant(text));

    public SqlBuilder Append(SqlText text)
    {
        _sql.AppendFormatted(text);
        return this;
    }

    /// <summary>Text with holes: <c>Append($" and name = {name}")</c>; or another statement.</summary>
    // first choice, or text whose holes are all constants would be taken for a constant itself, without parameters
    [OverloadResolutionPriority(1)]
    public SqlBuilder Append(Sql piece)
    {
        _sql.AppendFormatted(piece);
        return this;
    }

    public Sql ToSql() => _sql;

    public static implicit operator Sql(SqlBuilder builder) => builder._sql;
}
