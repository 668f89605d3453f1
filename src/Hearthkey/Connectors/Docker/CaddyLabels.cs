using System.Text.RegularExpressions;

namespace Hearthkey.Connectors.Docker;

/// <summary>The addresses of sites in the labels of caddy-docker-proxy: <c>caddy=a.example, b.example</c>, also numbered: <c>caddy_1</c>. Snippets and global options are none.</summary>
internal static partial class CaddyLabels
{
    private static readonly char[] _separators = [',', ' '];

    public static IEnumerable<string> Origins(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in labels.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            if (!Site().IsMatch(key)) continue;
            foreach (var address in value.Split(_separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var scheme = address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://" : "https://";
                var rest = address.Contains("://", StringComparison.Ordinal) ? address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..] : address;
                var slash = rest.IndexOf('/', StringComparison.Ordinal);
                var host = slash < 0 ? rest : rest[..slash];
                if (host.Length > 0) yield return scheme + host;
            }
        }
    }

    [GeneratedRegex("^caddy(_[0-9]+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Site();
}
