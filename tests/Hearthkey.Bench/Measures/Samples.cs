namespace Hearthkey.Bench.Measures;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public double Median
    {
        get
        {
            var sorted = _values.Order().ToList();
            return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }

    public double Least => _values.Min();

    public double Most => _values.Max();

    public void Add(double value) => _values.Add(value);
}
