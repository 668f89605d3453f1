using System.Diagnostics.CodeAnalysis;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>A query argument that narrows a list.</summary>
/// <param name="Name">As the API names it.</param>
/// <param name="Condition">The condition for a value; null where the value is unreadable (400).</param>
public sealed record Filter(string Name, Func<string, Sql?> Condition)
{
    /// <summary>Sent more than once, a row that meets one of the conditions is enough; otherwise it must meet all.</summary>
    public bool IsAnyOf { get; init; }

    public static Filter Text(string name, Func<string, Sql> condition) => new(name, condition);

    public static Filter Flag(string name, Func<bool, Sql> condition) => new(name, v => v.ToLowerInvariant() switch
    {
        "true" or "1" => condition(true),
        "false" or "0" => condition(false),
        _ => null,
    });

    public static Filter Number(string name, Func<long, Sql> condition) => new(name, v => long.TryParse(v, out var n) ? condition(n) : null);

    public static Filter Uuid(string name, Func<Guid, Sql> condition) => new(name, v => Guid.TryParse(v, out var id) ? condition(id) : null);

    public static Filter Time(string name, Func<DateTimeOffset, Sql> condition) => new(name, v =>
        DateTimeOffset.TryParse(v, global::System.Globalization.CultureInfo.InvariantCulture, global::System.Globalization.DateTimeStyles.AssumeUniversal, out var t)
            ? condition(t)
            : null);

    /// <summary>A <c>like</c> pattern for "contains", to be used with <c>escape '\'</c> on a column of folded keys.</summary>
    public static string Contains(string text) =>
        "%" + text.ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}

/// <summary>A column that a list may be ordered by.</summary>
public sealed record Ordering(string Name, SqlText Column)
{
    /// <summary>By a column that is called as the API names it.</summary>
    public static Ordering By([ConstantExpected] string name) => new(name, SqlText.Constant(name));
}

/// <summary>What part of a list is asked for.</summary>
/// <param name="Arguments">Filters and switches by name, as sent.</param>
/// <param name="Order">A name of <see cref="Ordering"/>, with <c>-</c> before it for descending; blank for the resource's own order.</param>
public sealed record ListRequest(int Page, int PageSize, string Order, string Search, IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    /// <summary>Results on a page where the client names no number, as authentik.</summary>
    public const int DefaultPageSize = 20;

    /// <summary>Most results on a page, as authentik.</summary>
    public const int MaxPageSize = 100;

    public static ListRequest First(int size = DefaultPageSize) => new(1, size, "", "", []);

    /// <summary>The last value of an argument, or null.</summary>
    public string? Argument(string name)
    {
        for (var i = Arguments.Count - 1; i >= 0; i--)
            if (Arguments[i].Key == name) return Arguments[i].Value;
        return null;
    }

    public bool Flag(string name, bool otherwise) => Argument(name)?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => otherwise,
    };
}

/// <summary>One page of a list.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Results, int Page, int PageSize, long Count)
{
    public int TotalPages => (int)Math.Max(1, (Count + PageSize - 1) / PageSize);
}
