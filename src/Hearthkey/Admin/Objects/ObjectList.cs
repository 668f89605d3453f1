using Hearthkey.Admin.Lists;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Objects;

/// <summary>How a list of objects is shown.</summary>
/// <param name="Path">Address of the list.</param>
/// <param name="NameColumn">Heading of the first column, and the field of the API that orders by it.</param>
/// <param name="Name">What stands in the first column: page, name, a second line, a tile.</param>
public sealed record ObjectList<T>(
    string Path, string Title, string Sentence, (string Text, string OrderBy) NameColumn, Func<T, (string Href, string Name, string? Detail, Html? Tile)> Name,
    IReadOnlyList<Column<T>> Columns) where T : class
{
    public string Order { get; init; } = NameColumn.OrderBy;

    /// <summary>Fields that narrow the list, with what they offer.</summary>
    public IReadOnlyList<(string Name, string Label, IReadOnlyList<(string, string)> Options)> Filters { get; init; } = [];

    /// <summary>Arguments that the list is always asked with.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];

    public Html? CreateButton { get; init; }

    /// <summary>The buttons of a row; null: the rows have none.</summary>
    public Func<T, IReadOnlyList<Html>>? Buttons { get; init; }

    public async Task<IResult> ShowAsync(Visit visit, Resource<T> resource)
    {
        string[] sortable = [NameColumn.OrderBy, .. Columns.Select(c => c.OrderBy).OfType<string>()];
        var query = ListQuery.From(visit.Http.Request, Order, sortable, [.. Filters.Select(f => f.Name)]);
        var page = await PageAsync(visit, resource, query);
        if (page is null && query.Page > 1) page = await PageAsync(visit, resource, query = query with { Page = 1 });
        if (page is null) return visit.Http.NotFoundPage();
        var search = Texts.Format(AdminStrings.SearchIn, Title.ToLowerInvariant());
        return new ListContent(new Shell(Title, Path), Sentence, query, (int)page.Count, search, Head(query), Html.Join(page.Results, Row))
        {
            Actions = CreateButton,
            Filters = Html.Join(Filters, f => Tables.FilterSelect(query, ListContent.PartId, f.Name, f.Label, f.Options)),
            Empty = Tables.EmptyState(Texts.Format(AdminStrings.NothingYet, Title.ToLowerInvariant()), Sentence, CreateButton),
        }.Answer(visit.Http);
    }

    private async Task<ListPage<T>?> PageAsync(Visit visit, Resource<T> resource, ListQuery query) => (await resource.ListAsync(
        visit.Caller, new ListRequest(query.Page, query.PageSize, query.OrderingText, query.Search, [.. query.Filters, .. Arguments]), visit.Ct)).Value;

    private Html Head(ListQuery query)
    {
        var columns = Html.Join(Columns, c => c.OrderBy is { } field ? Tables.SortHeader(query, ListContent.PartId, field, c.Text) : Tables.Header(c.Text));
        var actions = Buttons is null ? null : Tables.ActionsHeader();
        return $"{Tables.SortHeader(query, ListContent.PartId, NameColumn.OrderBy, NameColumn.Text)}{columns}{actions}";
    }

    private Html Row(T row)
    {
        var (href, name, detail, tile) = Name(row);
        var buttons = Buttons is null ? null : Tables.ActionsCell(Buttons(row));
        return $"<tr>{Tables.NameCell(href, name, detail, tile)}{Html.Join(Columns, c => Tables.Cell(c.Text, c.Cell(row)))}{buttons}</tr>";
    }
}
