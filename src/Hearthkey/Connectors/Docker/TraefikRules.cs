using System.Text.RegularExpressions;

namespace Hearthkey.Connectors.Docker;

/// <summary>The hosts of Traefik's HTTP routers: <c>traefik.http.routers.NAME.rule=Host(`a`)</c>. Others than <c>Host</c> name no single host.</summary>
internal static partial class TraefikRules
{
    private const string Routers = "traefik.http.routers.";

    public static IEnumerable<string> Origins(IReadOnlyDictionary<string, string> labels)
    {
        if (string.Equals(labels.GetValueOrDefault("traefik.enable"), "false", StringComparison.OrdinalIgnoreCase)) yield break;
        foreach (var (key, rule) in labels.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            if (!key.StartsWith(Routers, StringComparison.OrdinalIgnoreCase) || !key.EndsWith(".rule", StringComparison.OrdinalIgnoreCase)) continue;
            var scheme = IsPlain(labels, key[..^".rule".Length]) ? "http://" : "https://";
            foreach (Match host in Host().Matches(rule))
                if (!host.Groups["not"].Success)
                    foreach (Match name in Quoted().Matches(host.Groups["hosts"].Value)) yield return scheme + name.Groups["name"].Value;
        }
    }

    // most houses end TLS at Traefik; only a router that says otherwise is plain
    private static bool IsPlain(IReadOnlyDictionary<string, string> labels, string router)
    {
        if (labels.Any(l => l.Key.StartsWith(router + ".tls", StringComparison.OrdinalIgnoreCase) && !string.Equals(l.Value, "false", StringComparison.OrdinalIgnoreCase))) return false;
        var points = (labels.GetValueOrDefault(router + ".entrypoints") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return points.Length > 0 && points.All(p => p is "web" or "http");
    }

    [GeneratedRegex(@"(?<not>!\s*)?\bHost\s*\((?<hosts>[^()]*)\)")]
    private static partial Regex Host();

    [GeneratedRegex("[`\"'](?<name>[^`\"']+)[`\"']")]
    private static partial Regex Quoted();
}
