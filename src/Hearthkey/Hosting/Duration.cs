using System.Globalization;
using System.Text;

namespace Hearthkey.Hosting;

/// <summary>A duration as authentik writes it: <c>hours=1;minutes=2;seconds=3</c>; units weeks, days, hours, minutes, seconds, milliseconds.</summary>
public static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] _units =
    [
        ("weeks", TimeSpan.FromDays(7)), ("days", TimeSpan.FromDays(1)), ("hours", TimeSpan.FromHours(1)),
        ("minutes", TimeSpan.FromMinutes(1)), ("seconds", TimeSpan.FromSeconds(1)), ("milliseconds", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads the text; null where it is malformed, negative, names a unit twice or exceeds a hundred years.</summary>
    public static TimeSpan? Parse(string text)
    {
        double ticks = 0;
        var seen = new HashSet<string>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return null;
            var unit = Array.Find(_units, u => u.Unit == part[..equals]);
            if (unit.Unit is null || !seen.Add(unit.Unit)) return null;
            if (!double.TryParse(part[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return null;
            ticks += count * unit.Length.Ticks;
        }
        return seen.Count == 0 || ticks > TimeSpan.FromDays(36525).Ticks ? null : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>Writes the text that <see cref="Parse"/> reads.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (unit, length) in _units)
        {
            var count = duration.Ticks / length.Ticks;
            if (count == 0) continue;
            duration -= length * count;
            text.Append(text.Length == 0 ? "" : ";").Append(unit).Append('=').Append(count);
        }
        return text.Length == 0 ? "seconds=0" : text.ToString();
    }
}
