using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Ui;

/// <summary>What pages are put together from, beside forms and lists.</summary>
public static class Pieces
{
    private const int TileHues = 8;

    /// <summary>Heading of a page: its name, one sentence, its main buttons.</summary>
    public static Html PageTitle(string title, string? sentence = null, IHtmlContent? actions = null) => $"""
        <div class="title"><div><h1>{title}</h1>{(sentence is null ? null : Paragraph(sentence))}</div>{(actions is null ? null : Actions(actions))}</div>
        """;

    /// <summary>The button that leads to making a new thing.</summary>
    public static Html NewButton(string href, string text) => $"""<a class="btn primary" href="{href}">{Icon.Plus}{text}</a>""";

    public static Html Link(string href, string text) => $"""<a class="link" href="{href}">{text}</a>""";

    /// <summary>A link that looks like a button.</summary>
    public static Html LinkButton(string href, string text, Html? icon = null) => $"""<a class="btn" href="{href}">{icon}{text}</a>""";

    /// <summary>A group of a form's fields, or of facts: what it is about on the left, its content in a card.</summary>
    public static Html Section(string title, string? help, Func<object, IHtmlContent> body) => $"""
        <section class="section"><div class="section-head"><h2>{title}</h2>{(help is null ? null : Paragraph(help))}</div><div class="card body">{body(Html.Empty)}</div></section>
        """;

    /// <summary>The bar at the end of a form: cancel and save.</summary>
    public static Html SaveBar(string cancelUrl, string save) => $"""
        <div class="savebar"><a class="btn" href="{cancelUrl}">{Strings.Cancel}</a><button class="btn primary" name="op" value="save">{save}</button></div>
        """;

    /// <summary>First in a form that has other buttons with <c>name="op"</c>, so that Enter saves.</summary>
    public static Html SaveOnEnter() => $"""<button class="sr" name="op" value="save" tabindex="-1" aria-hidden="true">{Strings.Save}</button>""";

    /// <summary>An application's icon, or its initials on a colour of its own.</summary>
    public static Html AppTile(string name, string? iconUrl = null)
    {
        if (iconUrl is not null) return $"""<span class="tile pic"><img src="{iconUrl}" alt="" loading="lazy"></span>""";
        return $"""<span class="tile hue-{HueOf(name)}" aria-hidden="true">{LettersOf(name)}</span>""";
    }

    /// <summary>An application in the portal: an item of a list with class <c>tiles</c>.</summary>
    public static Html AppCard(string href, string name, string? detail = null, string? iconUrl = null, bool opensNewTab = false) => $"""
        <li><a class="card" href="{href}"{(opensNewTab ? "_blank" : null):target}{(opensNewTab ? "noopener" : null):rel}>{AppTile(name, iconUrl)}<span class="what"><strong>{name}</strong>{(detail is null ? null : Small(detail))}</span>{Icon.ExternalLink}</a></li>
        """;

    /// <summary>A person's initials, round.</summary>
    public static Html Avatar(string name) => $"""<span class="avatar sm" aria-hidden="true">{Person.InitialsOf(name)}</span>""";

    public static Html DefinitionList(params IEnumerable<(string Term, IHtmlContent Value)> rows) => $"""
        <dl class="facts">{Html.Join(rows, row => $"<div><dt>{row.Term}</dt><dd>{row.Value}</dd></div>")}</dl>
        """;

    /// <summary>A piece for each item; in a page, where <c>Html</c> means the page's own.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => Html.Join(items, piece);

    /// <summary>A text where markup is asked for.</summary>
    public static Html Text(string? text) => $"{(string.IsNullOrEmpty(text) ? "–" : text)}";

    /// <summary>A text in the typeface of code.</summary>
    public static Html Code(string text) => $"""<code class="mono">{text}</code>""";

    /// <summary>A moment, with its zone; how long ago on pointing at it. With JavaScript it is shown in the reader's own zone.</summary>
    public static Html Time(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } moment) return Text(null);
        var utc = moment.ToUniversalTime();
        var machine = utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"""<time datetime="{machine}" title="{Texts.Ago(utc, now)}">{utc.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.CurrentCulture)}</time>""";
    }

    /// <summary>Views of one thing, each with an address of its own.</summary>
    public static Html Tabs(string label, string activeHref, params IEnumerable<(string Href, string Text)> tabs) => $"""
        <nav class="tabs" aria-label="{label}">{Html.Join(tabs, tab => $"""<a href="{tab.Href}"{(tab.Href == activeHref ? "page" : null):aria-current}>{tab.Text}</a>""")}</nav>
        """;

    private static Html Paragraph(string text) => $"<p>{text}</p>";

    private static Html Small(string text) => $"<small>{text}</small>";

    private static Html Actions(IHtmlContent actions) => $"""<div class="actions">{actions}</div>""";

    // one word gives two letters: a single one tells too few applications apart
    private static string LettersOf(string name)
    {
        var initials = Person.InitialsOf(name);
        return initials.Length == 1 && name.Length > 1 && char.IsLetter(name[1]) ? initials + name[1] : initials;
    }

    private static int HueOf(string name) => name.Sum(letter => letter) % TileHues;
}
