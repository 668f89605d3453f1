using System.Diagnostics.CodeAnalysis;

namespace Hearthkey.Storage;

/// <summary>A piece of SQL that stands in the source: a column list, an order. It can be chosen at run time but not made from input.</summary>
public readonly record struct SqlText
{
    private readonly string? _text;

    private SqlText(string text) => _text = text;

    public static SqlText Empty => default;

    /// <summary>Takes a compile-time constant only (CA1857 is an error).</summary>
    public static SqlText Constant([ConstantExpected] string text) => new(text);

    public override string ToString() => _text ?? "";
}
