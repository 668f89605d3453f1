using System.Globalization;
using System.Text;

namespace Hearthkey.Bench.Output;

/// <summary>All figures of a run, for people.</summary>
internal sealed class Report(IReadOnlyList<string> header)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public bool IsGood => _figures.TrueForAll(f => f.IsReached);

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine($"   {Line(figure)}");
    }

    /// <summary>Says something beside the table: spread, sizes, what the runs looked like.</summary>
    public void Note(string text)
    {
        _notes.Add(text);
        Console.WriteLine($"   {text}");
    }

    public void Print() => Console.Write($"\n{Markdown()}");

    public void Save(string path)
    {
        global::System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Markdown());
        Console.WriteLine($"written to {path}");
    }

    /// <summary>Four digits, as people read them.</summary>
    public static string Number(double value) => value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private string Markdown()
    {
        var text = new StringBuilder("# Speed and size\n\n");
        foreach (var line in header) text.Append("* ").AppendLine(line);
        text.AppendLine().AppendLine("| What | Ours | Reference | Figure | Target | Errors | |").AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var figure in _figures) text.Append("| ").Append(Line(figure)).AppendLine(" |");
        text.AppendLine();
        foreach (var note in _notes) text.Append("* ").AppendLine(note);
        return text.ToString();
    }

    private static string Line(Figure f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{f.What} | {f.Ours} | {f.Reference} | {Number(f.Value)} {f.Unit} | ≤ {Number(f.Target)} {f.Unit} | {f.Errors} of {f.Count:#,0} | {(f.IsReached ? "pass" : "FAIL")}");
}
