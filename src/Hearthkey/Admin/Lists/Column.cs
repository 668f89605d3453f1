using Hearthkey.Ui;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Admin.Lists;

/// <summary>A column of a list, after the first one, which is the name.</summary>
/// <param name="Text">Its heading.</param>
/// <param name="OrderBy">The field of the API that orders by it; null: the list cannot be ordered by it.</param>
public sealed record Column<T>(string Text, string? OrderBy, Func<T, IHtmlContent> Cell)
{
    public static Column<T> OfText(string text, string? orderBy, Func<T, string?> cell) => new(text, orderBy, row => Pieces.Text(cell(row)));
}
