using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>
/// T09, T10, T11 in the large: whatever path is asked for, the decision is that of the path which the proxy really hands to the application.
/// The same paths go to a protected host, of which <c>/health</c> is open, and to one beside it that shows what the proxy makes of them.
/// </summary>
public sealed partial class PathDifferentialTests
{
    private const int Seed = 20261125;

    private static readonly string[] _tokens =
    [
        "/", "/", "/", "//", "health", "health", "%68ealth", "Health", "secret", "a", "..", ".", "%2e", "%2E%2e", "%2e.", "%2f", "%2F", "%5c", "\\", ";",
        ";x=1", "%00", "%0a", "%0d%0a", "%25", "%252e", "%252f", "?", "?x=/health", "#", "#/health", "%23", "%3f", "%3b", "%c0%ae", "%ef%bc%8e", "%ef%bc%8f",
        "%e2%80%ae", "*", "~", "@", ":", "%7e", "%", "%2", "%zz", "+", "%20", "outpost.goauthentik.io", "%6futpost.goauthentik.io", "start", "ping", "&", "=", "|",
    ];

    /// <summary>10,000 by default; <c>./test --full</c> asks for a million.</summary>
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("HEARTHKEY_TEST_PATHS"), CultureInfo.InvariantCulture, out var count) ? count : 10_000;

    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    [InlineData("haproxy")]
    public async Task The_decision_is_that_of_the_path_that_is_served(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var (opened, closed) = (0, 0);

        await Parallel.ForEachAsync(
            Paths(), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ProviderSite.Ct }, async (path, ct) =>
        {
            var served = await AskAsync(client, lab, lab.Free, path, ct);
            var shown = await AskAsync(client, lab, lab.Files, path, ct);

            if (shown is { } reached)
            {
                (reached == served).ShouldBeTrue($"{path} is {reached} behind the check and {served} beside it");
                OpenPath().IsMatch(reached.Path).ShouldBeTrue($"{path} reached the application, which served {reached.Path}");
                Interlocked.Increment(ref opened);
            }
            else
            {
                // what can be read in two ways, or is rewritten on its way, is refused; what is plain is not
                (served is { } plain && plain.Target == path && Plain().IsMatch(path) && OpenPath().IsMatch(plain.Path)).ShouldBeFalse($"{path} is open and was refused");
                Interlocked.Increment(ref closed);
            }
        });

        opened.ShouldBeGreaterThan(Count / 200);
        closed.ShouldBeGreaterThan(Count / 2);
    }

    private static IEnumerable<string> Paths()
    {
        // the same paths in every run: a failure can be looked at again
        var random = new Random(Seed);
        for (var i = 0; i < Count; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => _tokens[random.Next(_tokens.Length)]).Prepend(random.Next(3) == 0 ? "/health" : "/"));
    }

    /// <summary>The request target as the application received it, and the path that it made of it; null where it was not asked.</summary>
    private static async Task<(string Target, string Path)?> AskAsync(HttpClient client, ProxyLab lab, string host, string path, CancellationToken ct)
    {
        var url = new Uri($"http://127.0.0.1:{lab.Port}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Host = host;
        using var response = await client.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.StatusCode == HttpStatusCode.OK && Answer().Match(text) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;
    }

    [GeneratedRegex("^/health", RegexOptions.CultureInvariant)]
    private static partial Regex OpenPath();

    [GeneratedRegex(@"^(/[A-Za-z0-9~@:+=*&-]+)+/?(\?[^#]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^target: (.*)\npath: (.*)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Answer();
}
