using System.Globalization;

namespace Hearthkey.Bench.Load;

/// <summary>What one run of the load saw.</summary>
/// <param name="P99">Microseconds that one request in a hundred took longer than; 0 where it was not looked at.</param>
internal sealed record LoadResult(long Requests, long Errors, double Seconds, double P99, string FirstError)
{
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{Requests} {Errors} {Seconds:0.000} {P99:0} {FirstError.ReplaceLineEndings("|").Replace(' ', '_')}");

    public static LoadResult Read(string[] words) => new(
        long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture),
        double.Parse(words[2], CultureInfo.InvariantCulture), double.Parse(words[3], CultureInfo.InvariantCulture), words[4]);

    /// <summary>Stops the bench where a run that only prepares had an error.</summary>
    public LoadResult Faultless() =>
        Errors == 0 ? this : throw new InvalidOperationException($"{Errors} of {Requests} answers were wrong, the first: {FirstError}");
}
