using Microsoft.Playwright;

namespace Hearthkey.E2E.Support;

/// <summary>Debian's Chromium. Each page has a context of its own: no cookie of another test.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly Lazy<Task<IPlaywright>> _playwright = new(Playwright.CreateAsync);
    private static readonly string[] _flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IBrowser _browser;

    private Browser(IBrowser browser) => _browser = browser;

    public static async Task<Browser> StartAsync(HostMap? hosts = null)
    {
        var playwright = await _playwright.Value;
        return new Browser(await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = [.. _flags, $"--host-resolver-rules={(hosts ?? new HostMap()).ToResolverRules()}"],
        }));
    }

    /// <summary>A fresh context that takes every certificate; waits end after 15 s. A script of the test's own needs the policy off.</summary>
    public async Task<IBrowserContext> NewContextAsync(bool javaScript = true, bool dark = false, bool phone = false, bool ignorePolicy = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            IgnoreHTTPSErrors = true,
            JavaScriptEnabled = javaScript,
            BypassCSP = ignorePolicy,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    /// <summary>A page in a fresh context.</summary>
    public async Task<IPage> NewPageAsync(bool javaScript = true, bool dark = false, bool phone = false) =>
        await (await NewContextAsync(javaScript, dark, phone)).NewPageAsync();

    /// <summary>Writes a screenshot where a person finds it after the run.</summary>
    public static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Traces, name + ".png"), FullPage = true });

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
