using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>A text in which the log has marked the first difference: the mark becomes a highlight.</summary>
public static class Marked
{
    private const char Mark = '▸';

    public static Html Show(string text)
    {
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0) return Pieces.Code(text);
        // nothing after the mark: the difference is that something is missing there
        var (before, after) = (text[..at], text[(at + 1)..]);
        if (after.Length == 0) return $"""<code class="mono">{before}<mark title="{AdminStrings.EndsHere}">▯</mark></code>""";
        return $"""<code class="mono">{before}<mark>{after[..1]}</mark>{after[1..]}</code>""";
    }
}
