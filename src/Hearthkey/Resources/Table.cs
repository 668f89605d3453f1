using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>Where a resource is stored: the one place of its SQL.</summary>
/// <param name="Name">The table that is written.</param>
/// <param name="Columns">Its columns, separated by commas, the key first.</param>
/// <param name="Values">A value's columns in that order, as <c>$"{x.A}, {x.B}"</c>.</param>
/// <param name="Read">Takes the columns in that order.</param>
public sealed record Table<T>(SqlText Name, SqlText Columns, Func<T, Sql> Values, Func<Row, T> Read);
