using Microsoft.AspNetCore.Html;

namespace Hearthkey.Ui;

/// <summary>How things stand: messages inside a page, and the state of a row.</summary>
public static class Feedback
{
    /// <summary>A message; an error is read out at once.</summary>
    public static Html Alert(string text, Tone tone = Tone.Bad, string? title = null, IHtmlContent? action = null) => $"""
        <div class="alert {Css(tone)}"{(tone == Tone.Bad ? "alert" : null):role}>{IconOf(tone)}<div>{(title is null ? null : Title(title))}<p>{text}</p>{action}</div></div>
        """;

    public static Html Badge(string text, Tone tone = Tone.Neutral) => $"""<span class="badge {Css(tone)}">{text}</span>""";

    /// <summary>"One field needs your attention", above a form with that many errors; nothing where there is none.</summary>
    public static Html? ErrorSummary(int errors) => errors switch
    {
        0 => null,
        1 => Alert(Strings.OneFieldWrong),
        _ => Alert(Texts.Format(Strings.FieldsWrong, errors)),
    };

    /// <summary>
    /// A line that waits for something to happen elsewhere and asks the server every two seconds for itself, until the server answers with one that
    /// is no longer waiting. Without JavaScript it has a link that asks once.
    /// </summary>
    /// <param name="id">Id of the line, and the part id under which the address answers.</param>
    /// <param name="url">Answers with this line anew.</param>
    /// <param name="isWaiting">Whether to go on asking.</param>
    /// <param name="tone">Colour of the line; a waiting one has its own.</param>
    /// <param name="title">What is the case.</param>
    /// <param name="text">What to do about it.</param>
    public static Html LiveCheck(string id, string url, bool isWaiting, Tone tone, string title, IHtmlContent? text = null) => $"""
        <div class="live {(isWaiting ? "waiting" : Css(tone))}" id="{id}" role="status"{(isWaiting ? url : null):hx-get}{(isWaiting ? "every 2s" : null):hx-trigger}{(isWaiting ? "this" : null):hx-target}{(isWaiting ? "outerMorph" : null):hx-swap}>
          {(isWaiting ? Html.Raw("<span class=\"pulse\" aria-hidden=\"true\"></span>") : IconOf(tone))}<div><strong>{title}</strong>{(text is null ? null : Paragraph(text))}</div>
          {(isWaiting ? AskAgain(url) : null)}</div>
        """;

    private static Html AskAgain(string url) => $"""<a class="btn sm no-js" href="{url}">{Strings.CheckAgain}</a>""";

    private static Html Paragraph(IHtmlContent text) => $"<p>{text}</p>";

    private static Html Title(string title) => $"<strong>{title}</strong>";

    internal static string Css(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warning => "warn",
        Tone.Bad => "bad",
        Tone.Note => "note",
        _ => "neutral",
    };

    private static Html IconOf(Tone tone) => tone switch
    {
        Tone.Good => Icon.CircleCheck,
        Tone.Warning => Icon.AlertTriangle,
        Tone.Bad => Icon.AlertCircle,
        _ => Icon.InfoCircle,
    };
}

/// <summary>How a message is meant.</summary>
public enum Tone
{
    Neutral,
    Note,
    Good,
    Warning,
    Bad,
}
