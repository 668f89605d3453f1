using System.Globalization;

namespace Hearthkey.Bench.Load;

/// <summary>What one run of the load saw.</summary>
internal sealed record LoadResult(long Requests, long Errors, double Seconds, string FirstError)
{
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{Requests} {Errors} {Seconds:0.000} {FirstError.ReplaceLineEndings("|").Replace(' ', '_')}");

    public static LoadResult Read(string[] words) => new(
        long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture),
        double.Parse(words[2], CultureInfo.InvariantCulture), words[3]);

    /// <summary>Stops the bench where a run that only prepares had an error.</summary>
    public LoadResult Faultless() =>
        Errors == 0 ? this : throw new InvalidOperationException($"{Errors} of {Requests} answers were wrong, the first: {FirstError}");
}
