using System.Text.RegularExpressions;

namespace Hearthkey.Catalog;

/// <summary>The paths of one application that its native apps and webhooks need.</summary>
/// <param name="Slug">Names it in forms.</param>
/// <param name="Name">As the application calls itself.</param>
/// <param name="Paths">Regular expressions, each of a whole path.</param>
/// <param name="Guard">What guards these paths where no login is asked for: a sentence for the administrator.</param>
public sealed record PathPreset(string Slug, string Name, IReadOnlyList<string> Paths, string Guard)
{
    /// <summary>The same paths as patterns of whole URLs, which is what a provider of a whole domain matches.</summary>
    /// <param name="origin">Scheme and authority, such as <c>https://sonarr.example.com</c>.</param>
    public IEnumerable<string> Below(string origin) => Paths.Select(path => "^" + Regex.Escape(origin) + path[1..]);
}
