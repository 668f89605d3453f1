using System.Globalization;

namespace Hearthkey.ForwardAuth;

/// <summary>The lines of texts for proxies that depend on what an application is told; those for further names are blank where there are none.</summary>
internal static class ProxyTextHeaders
{
    private static readonly string[] _identity =
    [
        "X-authentik-username", "X-authentik-groups", "X-authentik-entitlements", "X-authentik-email", "X-authentik-name", "X-authentik-uid", "X-authentik-jwt",
        "X-authentik-meta-jwks", "X-authentik-meta-outpost", "X-authentik-meta-provider", "X-authentik-meta-app", "X-authentik-meta-version",
    ];

    /// <summary>Values by their places.</summary>
    public static IEnumerable<(string Place, string Value)> Of(ToldHeaders told)
    {
        string[] names = [.. told.Names];
        // spelt with "_" they would be told by the visitor
        string[] moreTwins = [.. names.SelectMany(Twins)];
        string[] twins = [.. _identity.SelectMany(Twins), .. moreTwins];
        string[] all = told.HasBasic ? [.. names, "Authorization"] : names;
        yield return ("names", string.Join(',', _identity.Concat(all)));
        yield return ("more_claims", names.Length == 0 ? "" : $"\nset $hearthkey_claim \"$hearthkey_claim{string.Concat(names.Select(n => "$http_" + Variable(n)))}\";");
        yield return ("more_answers", Lines(all, (n, i) => $"auth_request_set $hearthkey_more_{i} $upstream_http_{Variable(n)};") + OwnLogins(told));
        yield return ("more_headers", Headers(told, all, ""));
        yield return ("more_headers_deep", Headers(told, all, "    "));
        yield return ("more_items", Lines(all, (n, _) => $"      - {n}"));
        yield return ("more_items_deep", Lines(all, (n, _) => $"          - {n}"));
        yield return ("twins", Lines(twins, (n, _) => $"      {n}: \"\""));
        yield return ("twins_deep", Lines(twins, (n, _) => $"          {n}: \"\""));
        yield return ("twins_compose", Lines(twins, (n, _) => $"      traefik.http.middlewares.hearthkey-names.headers.customrequestheaders.{n}: \"\""));
        yield return ("more_copied", Lines(all, (n, _) => $"\t\t\t\t{n}"));
        yield return ("more_taken_out", Lines([.. names, .. moreTwins], (n, _) => $"\trequest_header -{n}"));
        yield return ("more_patterns", Lines(all, (n, _) => $"                              - {{ exact: {n.ToLowerInvariant()} }}"));
    }

    /// <summary>Every other spelling with <c>_</c> in place of one hyphen or more.</summary>
    private static IEnumerable<string> Twins(string name) =>
        name.Split('-').Skip(1).Aggregate([name.Split('-')[0]], (IEnumerable<string> starts, string part) => starts.SelectMany(s => (string[])[$"{s}-{part}", $"{s}_{part}"])).Skip(1);

    // nginx knows the answer's headers only after its "if" lines: whose own login goes on is told by the host
    private static string OwnLogins(ToldHeaders told) => told.HostsWithOwnLogin.Count == 0 ? "" :
        "\n# programs log in to these by themselves\nset $hearthkey_own_login \"\";"
        + string.Concat(told.HostsWithOwnLogin.Select(host => $"\nif ($host = {host}) {{ set $hearthkey_own_login $http_authorization; }}"));

    private static string Headers(ToldHeaders told, string[] all, string indent) => Lines(
        all, (n, i) => $"{indent}proxy_set_header {n} $hearthkey_more_{i}{(n == "Authorization" && told.HostsWithOwnLogin.Count > 0 ? "$hearthkey_own_login" : "")};");

    private static string Variable(string name) => name.ToLowerInvariant().Replace('-', '_');

    private static string Lines(string[] names, Func<string, string, string> line) =>
        string.Concat(names.Select((n, i) => "\n" + line(n, (i + 1).ToString(CultureInfo.InvariantCulture))));
}
