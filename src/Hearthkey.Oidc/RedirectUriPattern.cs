using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Hearthkey.Oidc;

/// <summary>A redirect URI given as a regular expression: matched whole, in linear time, and against nothing when it cannot be
/// read.</summary>
/// <remarks>Patterns are written by administrators in Python's dialect; what .NET's linear engine lacks (look-around, back
/// references) is refused when saved.</remarks>
internal sealed class RedirectUriPattern
{
    private static readonly ConcurrentDictionary<string, RedirectUriPattern> _known = new(StringComparer.Ordinal);

    private readonly Regex? _whole;

    private RedirectUriPattern(string pattern)
    {
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            // the pattern must stand on its own: "a)|(?:b" must not become two anchored halves
            _ = new Regex(pattern, options);
            _whole = new Regex($@"\A(?:{pattern})\z", options);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or NotSupportedException)
        {
            Problem = "This regular expression cannot be used: " + unreadable.Message;
        }
    }

    public string? Problem { get; }

    /// <summary>Compiled once per text: clients are rebuilt at every change of configuration.</summary>
    public static RedirectUriPattern For(string pattern) => _known.GetOrAdd(pattern, static text => new(text));

    public bool Matches(string sent) => _whole is not null && !SentRedirectUri.ClimbsOutOfItsPath(sent) && _whole.IsMatch(sent);
}
