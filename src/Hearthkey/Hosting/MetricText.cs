using System.Globalization;
using System.Text;

namespace Hearthkey.Hosting;

/// <summary>Writes numbers in Prometheus' text format 0.0.4.</summary>
public sealed class MetricText
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a family: its samples follow.</summary>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public void Family(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, text) in labels)
        {
            _text.Append(separator).Append(label).Append("=\"");
            Escape(text);
            _text.Append('"');
            separator = ',';
        }
        if (!labels.IsEmpty) _text.Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A family of one sample without labels.</summary>
    public void Single(string name, string type, string help, double value)
    {
        Family(name, type, help);
        Sample(name, value);
    }

    public override string ToString() => _text.ToString();

    private void Escape(string text)
    {
        foreach (var letter in text)
        {
            if (letter == '\n') _text.Append("\\n");
            else if (letter is '"' or '\\') _text.Append('\\').Append(letter);
            else _text.Append(letter);
        }
    }
}
