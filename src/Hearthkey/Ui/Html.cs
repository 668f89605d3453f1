using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Ui;

/// <summary>Markup written as an interpolated string: holes are HTML-encoded, holes that are markup are not.</summary>
[InterpolatedStringHandler]
public sealed class Html : IHtmlContent
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new(literalLength + formattedCount * 16);

    private Html(string markup) => _text = new(markup);

    public static Html Empty { get; } = new("");

    /// <summary>Takes text as markup, unencoded: for constants only, never for what a person wrote.</summary>
    public static Html Raw(string markup) => new(markup);

    public static Html Join<T>(IEnumerable<T> items, Func<T, Html> each)
    {
        var all = new Html(0, 0);
        foreach (var item in items) all._text.Append(each(item)._text);
        return all;
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value)
    {
        if (value is not null) _text.Append(HtmlEncoder.Default.Encode(value));
    }

    public void AppendFormatted(Html? value)
    {
        if (value is not null) _text.Append(value._text);
    }

    public void AppendFormatted(IHtmlContent? value)
    {
        if (value is null) return;
        using var writer = new StringWriter(_text, CultureInfo.InvariantCulture);
        value.WriteTo(writer, HtmlEncoder.Default);
    }

    public void AppendFormatted(int value) => _text.Append(value);

    /// <summary><c>{value:name}</c> writes a whole attribute, or nothing where the value is null.</summary>
    public void AppendFormatted(string? value, string format)
    {
        if (value is not null) _text.Append(' ').Append(format).Append("=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"');
    }

    /// <summary><c>{on:checked}</c> writes a boolean attribute, or nothing where it is false.</summary>
    public void AppendFormatted(bool on, string format)
    {
        if (on) _text.Append(' ').Append(format);
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_text);

    public override string ToString() => _text.ToString();
}
