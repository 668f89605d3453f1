using System.Globalization;

namespace Hearthkey.Ui;

/// <summary>What part of a list a person looks at: search, filters, order, page. Reads from and writes to an address with the names the REST API has.</summary>
public sealed record ListQuery(string Path, string Search, string Ordering, bool IsDescending, int Page)
{
    /// <summary>Rows on a page. Own choice: fills a screen, and is read without searching.</summary>
    public const int DefaultPageSize = 20;

    /// <summary>As the REST API allows at most.</summary>
    private const int LargestPageSize = 100;

    public int PageSize { get; init; } = DefaultPageSize;

    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; } = [];

    /// <summary>Rows before this page.</summary>
    public int Offset => (Page - 1) * PageSize;

    /// <summary>Order as the REST API writes it: <c>name</c>, or <c>-name</c> downwards.</summary>
    public string OrderingText => IsDescending ? "-" + Ordering : Ordering;

    public bool IsNarrowed => Search.Length > 0 || Filters.Count > 0;

    /// <param name="request">The request whose address is read; what it says wrongly counts as not said.</param>
    /// <param name="ordering">Order unless the address says otherwise; <c>-name</c> for downwards.</param>
    /// <param name="sortable">Fields that may be ordered by.</param>
    /// <param name="filters">Other query parameters that narrow this list and are kept from page to page.</param>
    public static ListQuery From(HttpRequest request, string ordering, IReadOnlyList<string> sortable, IReadOnlyList<string>? filters = null)
    {
        var asked = request.Query["ordering"].ToString();
        if (!sortable.Contains(asked.TrimStart('-'))) asked = ordering;
        return new ListQuery(
            request.PathBase + request.Path, request.Query["search"].ToString().Trim(), asked.TrimStart('-'), asked.StartsWith('-'),
            Number(request.Query["page"], 1, int.MaxValue / LargestPageSize))
        {
            PageSize = Number(request.Query["page_size"], DefaultPageSize, LargestPageSize),
            Filters = [.. (filters ?? []).Where(name => request.Query[name].ToString().Length > 0).Select(name => KeyValuePair.Create(name, request.Query[name].ToString()))],
        };
    }

    public int PagesFor(int total) => Math.Max(1, (total + PageSize - 1) / PageSize);

    /// <summary>The address of the first page of this list ordered by a field: downwards if it is ordered by it already.</summary>
    public string OrderedBy(string field) => (this with { Ordering = field, IsDescending = Ordering == field && !IsDescending, Page = 1 }).Url;

    public string OnPage(int page) => (this with { Page = page }).Url;

    public string Everything => (this with { Search = "", Filters = [], Page = 1 }).Url;

    /// <summary>The address that reads as this.</summary>
    public string Url
    {
        get
        {
            var query = QueryString.Empty;
            if (Search.Length > 0) query = query.Add("search", Search);
            foreach (var (name, value) in Filters) query = query.Add(name, value);
            query = query.Add("ordering", OrderingText);
            if (Page > 1) query = query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
            if (PageSize != DefaultPageSize) query = query.Add("page_size", PageSize.ToString(CultureInfo.InvariantCulture));
            return Path + query;
        }
    }

    private static int Number(string? text, int otherwise, int largest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? Math.Min(number, largest) : otherwise;
}
