using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Ui;

/// <summary>
/// The pieces of a list. The list is an element with class <c>list</c> and an id that is also its part id; inside it stand a toolbar, a table and a
/// pager, and each of their links fetches that part alone.
/// </summary>
public static class Tables
{
    /// <summary>The form above a list that searches it as one types.</summary>
    public static Html SearchBar(ListQuery query, string partId, string label, int total, IHtmlContent? extra = null) => $"""
        <form class="toolbar" role="search" aria-label="{label}" method="get" action="{query.Path}">
          <div class="search">{Icon.Search}<input class="input" id="{partId}-search" name="search" type="search" value="{query.Search}" placeholder="{label}" aria-label="{label}" autocomplete="off" hx-get="{query.Path}" hx-trigger="input changed delay:200ms, search" hx-target="#{partId}" hx-swap="outerMorph" hx-replace-url="true" hx-include="closest form" hx-sync="this:replace"></div>
          {extra}{Fields.Hidden("ordering", query.OrderingText)}
          <button class="btn no-js">{Strings.Search}</button>
          <span class="count" role="status">{CountText(total)}</span>
        </form>
        """;

    /// <summary>A choice that narrows a list, for the bar above it.</summary>
    public static Html FilterSelect(ListQuery query, string partId, string name, string label, IEnumerable<(string Value, string Text)> options) => $"""
        <span class="select"><select class="input" name="{name}" aria-label="{label}" hx-get="{query.Path}" hx-trigger="change" hx-target="#{partId}" hx-swap="outerMorph" hx-replace-url="true" hx-include="closest form">{Fields.Options(options.Prepend(("", label)), query.Filters.FirstOrDefault(filter => filter.Key == name).Value ?? "")}</select>{Icon.Selector}</span>
        """;

    public static Html Header(string text) => $"""<th scope="col">{text}</th>""";

    /// <summary>Heading of the column with the row's buttons.</summary>
    public static Html ActionsHeader() => $"""<th scope="col"><span class="sr">{Strings.Actions}</span></th>""";

    public static Html SortHeader(ListQuery query, string partId, string field, string text)
    {
        var isOrdered = query.Ordering == field;
        var (direction, icon) = (isOrdered, query.IsDescending) switch
        {
            (false, _) => (null, Icon.Selector),
            (_, true) => ("descending", Icon.ChevronDown),
            _ => ("ascending", Icon.ChevronUp),
        };
        return $"""<th scope="col"{direction:aria-sort}>{PartLink(query.OrderedBy(field), partId, null, $"{text}{icon}")}</th>""";
    }

    /// <summary>A cell that carries its column's name, for phones, where a row is a card.</summary>
    public static Html Cell(string column, IHtmlContent content) => $"""<td data-label="{column}">{content}</td>""";

    public static Html Cell(string column, string? text) => $"""<td data-label="{column}">{(string.IsNullOrEmpty(text) ? "–" : text)}</td>""";

    /// <summary>The first cell of a row: what it is about, linked to its page.</summary>
    public static Html NameCell(string href, string name, string? detail = null, IHtmlContent? tile = null) => $"""
        <th scope="row"><a class="name" href="{href}">{tile}<span>{name}{(detail is null ? null : Detail(detail))}</span></a></th>
        """;

    /// <summary>The buttons at the end of a row.</summary>
    public static Html ActionsCell(params IEnumerable<IHtmlContent> buttons) => $"""<td class="acts">{Html.Join(buttons, button => $"{button}")}</td>""";

    public static Html EditButton(string href, string name) => $"""
        <a class="btn ghost icon sm" href="{href}" aria-label="{Strings.Edit} {name}" title="{Strings.Edit}">{Icon.Pencil}</a>
        """;

    /// <summary>Opens the confirmation that the address answers with.</summary>
    public static Html DeleteButton(string href, string name) => $"""
        <a class="btn ghost icon sm danger" href="{href}" hx-get="{href}" hx-target="#dialog" hx-swap="innerHTML" aria-label="{Strings.Delete} {name}" title="{Strings.Delete}">{Icon.Trash}</a>
        """;

    public static Html Pager(ListQuery query, string partId, int total)
    {
        var pages = query.PagesFor(total);
        var page = Math.Min(query.Page, pages);
        var first = Math.Max(1, Math.Min(page - 2, pages - 4));
        var numbers = Enumerable.Range(first, Math.Min(5, pages - first + 1));
        return $"""
            <nav class="pager" aria-label="{Strings.Pages}"><span>{RangeText(query with { Page = page }, total)}</span>
              {(pages == 1 ? null : Steps())}</nav>
            """;

        Html Steps() => $"""
            <span class="steps">{Step(page - 1, Icon.ChevronLeft, Strings.PreviousPage)}{Html.Join(numbers, number => Step(number, null, null))}{Step(page + 1, Icon.ChevronRight, Strings.NextPage)}</span>
            """;

        Html Step(int number, Html? icon, string? label)
        {
            if (number < 1 || number > pages) return $"""<span class="btn ghost icon sm" aria-hidden="true">{icon}</span>""";
            var text = icon ?? $"{number}";
            return PartLink(query.OnPage(number), partId, "btn ghost icon sm", text, label ?? Texts.Format(Strings.PageNumber, number), icon is null && number == page);
        }
    }

    /// <summary>What stands in place of a table without rows: why, and what to do.</summary>
    public static Html EmptyState(string title, string sentence, IHtmlContent? action = null) => $"""
        <div class="empty">{Icon.MoodEmpty}<h2>{title}</h2><p>{sentence}</p>{action}</div>
        """;

    /// <summary>The same where a search found nothing.</summary>
    public static Html NothingFound(ListQuery query) => EmptyState(
        query.Search.Length == 0 ? Strings.NothingFoundFiltered : Texts.Format(Strings.NothingFound, query.Search), Strings.NothingFoundNext,
        Pieces.LinkButton(query.Everything, Strings.ShowAll));

    private static Html PartLink(string url, string partId, string? style, Html content, string? label = null, bool isCurrent = false) => $"""
        <a{style:class} href="{url}" hx-get="{url}" hx-target="#{partId}" hx-swap="outerMorph" hx-push-url="true"{label:aria-label}{(isCurrent ? "page" : null):aria-current}>{content}</a>
        """;

    private static Html Detail(string text) => $"<small>{text}</small>";

    private static string CountText(int total) => total == 1 ? Strings.CountOne : Texts.Format(Strings.CountMany, total.ToString("N0", CultureInfo.CurrentCulture));

    private static string RangeText(ListQuery query, int total) =>
        total == 0 ? "" : Texts.Format(Strings.PageRange, query.Offset + 1, Math.Min(query.Offset + query.PageSize, total), total);
}
