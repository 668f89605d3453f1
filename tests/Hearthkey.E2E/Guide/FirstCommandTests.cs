using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Guide;

/// <summary>What the README says first: <c>./run</c> builds and starts from source, and prints a link that opens the setup.</summary>
public sealed partial class FirstCommandTests
{
    // nothing is left to build after ./test, yet looking for that takes a slow machine its time
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Run_starts_from_source_and_prints_a_setup_link_that_opens()
    {
        using var data = new TempFolder("run");
        await using var run = ChildProcess.Start("run", Path.Combine(Repository.Root, "run"), [], Variables(data.Path), Repository.Root);

        await Wait.ForAsync("the setup link", () => run.ThrowIfEnded() && Link().IsMatch(run.Log), _limit, () => run.Log);

        using var client = new HttpClient();
        using var page = await client.GetAsync(new Uri(Link().Match(run.Log).Value), TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, run.Log);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Repeat the password");
        File.Exists(Path.Combine(data.Path, "hearthkey.db")).ShouldBeTrue();
        await run.StopAsync();
    }

    private static Dictionary<string, string> Variables(string data)
    {
        var variables = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = data,
            ["HEARTHKEY_LISTEN__HTTP"] = $"127.0.0.1:{FreePort.Next()}",
            ["HEARTHKEY_LISTEN__HTTPS"] = $"127.0.0.1:{FreePort.Next()}",
            ["HEARTHKEY_LISTEN__METRICS"] = $"127.0.0.1:{FreePort.Next()}",
            // a build server that outlives the script would hold its output open
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["UseSharedCompilation"] = "false",
        };
        // as ./test was started, or all would be built anew
        foreach (var name in (string[])["CI", "NUGET_PACKAGES", "DOTNET_ROOT"])
            if (Environment.GetEnvironmentVariable(name) is { } value) variables[name] = value;
        return variables;
    }

    [GeneratedRegex(@"https?://\S*setup\S*", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
