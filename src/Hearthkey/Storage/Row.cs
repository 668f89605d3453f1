using System.Data.Common;

namespace Hearthkey.Storage;

/// <summary>
/// The columns of one row, taken from left to right in the order of the select list. Reading fewer or more than there are throws.
/// Valid only inside the mapping function.
/// </summary>
public sealed class Row
{
    private readonly DbDataReader _reader;
    private int _column;

    internal Row(DbDataReader reader) => _reader = reader;

    /// <summary>Whether the next column is null; takes nothing.</summary>
    public bool IsNull => _reader.IsDBNull(_column);

    public string Text() => _reader.GetString(_column++);

    public string? TextOrNull() => Skipped() ? null : Text();

    public long Long() => _reader.GetInt64(_column++);

    public long? LongOrNull() => Skipped() ? null : Long();

    public bool Bool() => _reader.GetBoolean(_column++);

    public bool? BoolOrNull() => Skipped() ? null : Bool();

    public double Double() => _reader.GetDouble(_column++);

    public double? DoubleOrNull() => Skipped() ? null : Double();

    public byte[] Bytes() => _reader.GetFieldValue<byte[]>(_column++);

    public byte[]? BytesOrNull() => Skipped() ? null : Bytes();

    /// <summary>An instant stored as unix milliseconds.</summary>
    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Long());

    public DateTimeOffset? TimeOrNull() => Skipped() ? null : Time();

    public Guid Guid() => global::System.Guid.Parse(Text());

    public Guid? GuidOrNull() => Skipped() ? null : Guid();

    /// <summary>The text of a <c>jsonb</c> column.</summary>
    public string Json() => Text();

    public string? JsonOrNull() => TextOrNull();

    internal T Map<T>(Func<Row, T> map)
    {
        _column = 0;
        var value = map(this);
        if (_column != _reader.FieldCount)
            throw new InvalidOperationException($"The row has {_reader.FieldCount} columns, {_column} were read.");
        return value;
    }

    private bool Skipped()
    {
        if (!IsNull) return false;
        _column++;
        return true;
    }
}
