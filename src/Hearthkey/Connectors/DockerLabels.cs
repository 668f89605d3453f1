using System.Text.RegularExpressions;
using Hearthkey.Connectors.Docker;
using Hearthkey.ForwardAuth;

namespace Hearthkey.Connectors;

/// <summary>
/// Reads the labels of a container: <c>hearthkey.enable</c>, <c>.host</c>, <c>.name</c>, <c>.allow</c>, <c>.skip</c>; where no host is named, those
/// of Traefik's router rules and of caddy-docker-proxy. Whoever starts containers wrote them: what is no host is left out.
/// </summary>
public static partial class DockerLabels
{
    private const string Ours = "hearthkey.", Service = "com.docker.compose.service";

    /// <summary>Own choices: more is no app of a house.</summary>
    private const int MostHosts = 20, LongestLabel = 4000, LongestName = 80;

    private static readonly char[] _separators = [',', ' ', '\n', '\t'];

    /// <param name="container">The container's name, without a slash.</param>
    public static IReadOnlyList<LabelledHost> Read(string container, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);
        // of two that differ in case alone the same one counts each time
        foreach (var label in labels.Where(l => l.Value.Length <= LongestLabel).OrderBy(l => l.Key, StringComparer.Ordinal)) known.TryAdd(label.Key, label.Value);
        var enable = known.GetValueOrDefault(Ours + "enable")?.Trim();
        if (string.Equals(enable, "false", StringComparison.OrdinalIgnoreCase)) return [];
        var named = Words(known.GetValueOrDefault(Ours + "host"));
        IEnumerable<string> hosts = named.Count > 0 ? named.Select(WithScheme) : TraefikRules.Origins(known).Concat(CaddyLabels.Origins(known));
        var name = NameOf(known, container);
        var isEnabled = string.Equals(enable, "true", StringComparison.OrdinalIgnoreCase);
        var allow = Words(known.GetValueOrDefault(Ours + "allow"), ',');
        var skip = string.Join('\n', Words(known.GetValueOrDefault(Ours + "skip")).Select(Pattern));
        return [.. hosts.Select(Origin).OfType<string>().Distinct().Take(MostHosts).Select(origin => new LabelledHost(origin, name, isEnabled, allow, skip))];
    }

    private static string NameOf(Dictionary<string, string> labels, string container)
    {
        var name = labels.GetValueOrDefault(Ours + "name") ?? labels.GetValueOrDefault(Service) ?? container;
        name = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    private static string WithScheme(string host) => host.Contains("://", StringComparison.Ordinal) ? host : "https://" + host;

    private static string? Origin(string text) => PlainHost().IsMatch(text) ? ProtectedHosts.Normalize(text) : null;

    // a path is meant as it stands, a star at its end as all below; what begins with ^ is a pattern already
    private static string Pattern(string text)
    {
        if (text.StartsWith('^')) return text;
        var isOpen = text.EndsWith('*');
        var path = Regex.Escape(isOpen ? text[..^1] : text);
        return isOpen ? "^" + path : $"^{path}$";
    }

    private static List<string> Words(string? text, char separator = '\0') => text is null ? [] :
        [.. (separator == '\0' ? text.Split(_separators, Options) : text.Split([separator, '\n'], Options)).Distinct(StringComparer.Ordinal)];

    private const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    // no stars, no placeholders, no user names
    [GeneratedRegex(@"^https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?/?$")]
    private static partial Regex PlainHost();
}
