using System.Globalization;
using System.Text.RegularExpressions;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Demo;

/// <summary>What a newcomer tries first: <c>./run demo</c>, one login, two apps, and nothing left behind.</summary>
public sealed partial class DemoTests
{
    // nothing is left to build after ./test, yet looking for that takes a slow machine its time
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task One_login_opens_both_apps_and_the_end_removes_everything()
    {
        using var temp = new TempFolder("demo");
        var port = FreePort.Pair().ToString(CultureInfo.InvariantCulture);
        await using var demo = ChildProcess.Start("demo", Path.Combine(Repository.Root, "run"), ["demo", "--port", port], Variables(temp.Path), Repository.Root);
        await Wait.ForAsync("the demo", () => demo.ThrowIfEnded() && demo.Log.Contains("Ctrl-C", StringComparison.Ordinal), _limit, () => demo.Log);
        var (whoAmI, notes) = (Address("1"), Address("2"));
        await using var browser = await Browser.StartAsync();
        var page = await browser.NewPageAsync();

        await page.GotoAsync(whoAmI);
        await page.FillAsync("#uid_field", "demo");
        await page.PressAsync("#uid_field", "Enter");
        await page.FillAsync("#password", Password().Match(demo.Log).Groups[1].Value);
        await page.PressAsync("#password", "Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Hello Demo Person");
        page.Url.ShouldBe(whoAmI);
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("demo@home.example");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the other app" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Notes of Demo Person");
        page.Url.ShouldBe(notes);
        await page.GetByRole(AriaRole.Link, new() { Name = "All my apps" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Who am I");
        await demo.StopAsync();

        Directory.GetDirectories(temp.Path, "hearthkey-demo-*").ShouldBeEmpty();

        string Address(string number) => Regex.Match(demo.Log, $@"{number}\. Open (\S+)").Groups[1].Value;
    }

    private static Dictionary<string, string> Variables(string temp)
    {
        var variables = new Dictionary<string, string>
        {
            ["TMPDIR"] = temp,
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

    [GeneratedRegex(@"password\s+(\S+)")]
    private static partial Regex Password();
}
