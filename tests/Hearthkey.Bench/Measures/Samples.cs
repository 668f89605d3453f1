using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public double Median => MedianOf(_values);

    /// <summary>Least and most, for people.</summary>
    public string Spread => $"{Report.Number(_values.Min())}–{Report.Number(_values.Max())}";

    public void Add(double value) => _values.Add(value);

    /// <summary>
    /// How many times as much as <paramref name="reference"/>: the median over pairs that were measured one right after the other, which a machine
    /// that grows faster or slower meanwhile does not bend.
    /// </summary>
    public double RatioTo(Samples reference) => MedianOf(_values.Zip(reference._values, (ours, other) => ours / other));

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
