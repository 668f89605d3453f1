using System.Text.Json;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>Takes pictures of a page as people see it, and lets axe look for what keeps somebody out.</summary>
public sealed class Look(IPage page)
{
    private static readonly string _axe = Path.Combine(Repository.Root, "tests", "Hearthkey.E2E", "node", "node_modules", "axe-core", "axe.min.js");
    private static readonly (string Name, int Width, int Height)[] _sizes = [("desktop", 1280, 900), ("phone", 390, 844)];
    private static readonly ColorScheme[] _schemes = [ColorScheme.Light, ColorScheme.Dark];

    private readonly List<string> _violations = [];

    /// <summary>What axe found, a line each; empty when all is well.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public async Task AtAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "e2e", "shots")).FullName;
        foreach (var (size, width, height) in _sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in _schemes)
            {
                var picture = $"{name}-{size}-{scheme.ToString().ToLowerInvariant()}";
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, picture + ".png"), FullPage = true });
                await InspectAsync(picture);
            }
        }
    }

    private async Task InspectAsync(string picture)
    {
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = _axe });
        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html.slice(0, 200) + ' [' + n.failureSummary + ']').join(' '))");
        _violations.AddRange(found.EnumerateArray().Select(line => $"{picture}: {line.GetString()}"));
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0) _violations.Add($"{picture}: wider than the screen by {overflow} px");
    }
}
