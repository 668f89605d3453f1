using System.Globalization;

namespace Hearthkey.Ui;

/// <summary>Fills the places of a message of the catalog.</summary>
public static class Texts
{
    public static string Format(string message, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, message, values);

    /// <summary>How long ago, in the largest unit that says enough: "3 minutes ago".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        var isAhead = age < TimeSpan.Zero;
        age = age.Duration();
        if (age < TimeSpan.FromMinutes(1)) return isAhead ? Strings.InAMoment : Strings.JustNow;
        var (count, one, many) = age switch
        {
            { TotalHours: < 1 } => ((int)age.TotalMinutes, Strings.OneMinute, Strings.Minutes),
            { TotalDays: < 1 } => ((int)age.TotalHours, Strings.OneHour, Strings.Hours),
            { TotalDays: < 60 } => ((int)age.TotalDays, Strings.OneDay, Strings.Days),
            _ => ((int)(age.TotalDays / 30.44), Strings.Months, Strings.Months),
        };
        return Format(isAhead ? Strings.Ahead : Strings.Ago, count == 1 ? one : Format(many, count));
    }
}
