using Hearthkey.Ui;

namespace Hearthkey.Admin.Lists;

/// <summary>A page with a list: its rows are written already.</summary>
public sealed record ListContent(Shell Shell, string Sentence, ListQuery Query, int Total, string SearchLabel, Html Head, Html Rows)
{
    public const string PartId = "list";

    /// <summary>Buttons beside the page's name.</summary>
    public Html? Actions { get; init; }

    /// <summary>Choices that narrow the list, beside the search.</summary>
    public Html? Filters { get; init; }

    /// <summary>In place of the table while there is nothing at all.</summary>
    public required Html Empty { get; init; }

    public IResult Answer(HttpContext c) => c.Page(this, PartId, Slices.ListPage.Create, Slices.ListPart.Create);
}
