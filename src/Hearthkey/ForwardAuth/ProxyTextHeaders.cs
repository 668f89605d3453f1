using System.Globalization;
using Hearthkey.ForwardAuth.Proxies;

namespace Hearthkey.ForwardAuth;

/// <summary>The lines of texts for proxies that depend on what an application is told beside <c>X-authentik-*</c>; blank where that is nothing.</summary>
internal static class ProxyTextHeaders
{
    /// <summary>Values by their places.</summary>
    public static IEnumerable<(string Place, string Value)> Of(ProxyProvider provider)
    {
        string[] names = [.. HeaderFields.Names(provider).All];
        // spelt with "_" they would be told by the visitor
        string[] twins = [.. names.Where(n => n.Contains('-', StringComparison.Ordinal)).Select(n => n.Replace('-', '_'))];
        string[] all = provider.BasicAuthEnabled ? [.. names, "Authorization"] : names;
        yield return ("more_answers", Lines(all, (n, i) => $"auth_request_set $hearthkey_more_{i} $upstream_http_{n.ToLowerInvariant().Replace('-', '_')};"));
        yield return ("more_headers", Lines(all, (n, i) => $"proxy_set_header {n} $hearthkey_more_{i};"));
        yield return ("more_list", string.Concat(all.Select(n => "," + n)));
        yield return ("more_items", Lines(all, (n, _) => $"      - {n}"));
        yield return ("more_items_deep", Lines(all, (n, _) => $"          - {n}"));
        yield return ("more_twins", Lines(twins, (n, _) => $"      {n}: \"\""));
        yield return ("more_twins_deep", Lines(twins, (n, _) => $"          {n}: \"\""));
        yield return ("more_twins_compose", Lines(twins, (n, _) => $"      traefik.http.middlewares.hearthkey-names.headers.customrequestheaders.{n}: \"\""));
        yield return ("more_copied", Lines(all, (n, _) => $"\t\t\t\t{n}"));
        yield return ("more_taken_out", Lines([.. names, .. twins], (n, _) => $"\trequest_header -{n}"));
        yield return ("more_patterns", Lines(all, (n, _) => $"                              - {{ exact: {n.ToLowerInvariant()} }}"));
    }

    private static string Lines(string[] names, Func<string, string, string> line) =>
        string.Concat(names.Select((n, i) => "\n" + line(n, (i + 1).ToString(CultureInfo.InvariantCulture))));
}
