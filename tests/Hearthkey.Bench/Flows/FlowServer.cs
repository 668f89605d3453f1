using Hearthkey.Bench.Measures;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Flows;

/// <summary>An OpenID provider with browsers that are signed in at it, and the process that runs code flows.</summary>
internal sealed class FlowServer : IAsyncDisposable
{
    /// <summary>Of a verifier that nobody redeems anything with.</summary>
    public const string Challenge = "JBbiqONGWPaAmwXk_8bT6UnlPfrn65D32eZlJS-zGG0";

    /// <summary>A session that all flows share grows with them at the peer, whose grants know their codes; people have one each.</summary>
    private const int Browsers = 50;

    private readonly BenchProcess _provider;
    private readonly BenchProcess _load;

    private FlowServer(BenchProcess provider, BenchProcess load) => (_provider, _load) = (provider, load);

    public Samples CpuMicroseconds { get; } = new();

    public long Errors { get; private set; }

    public long Count { get; private set; }

    /// <summary>Signs in at a provider that runs, and makes ready to ask it.</summary>
    public static async Task<FlowServer> SignInAsync(BenchProcess provider, FlowTarget target, IReadOnlyDictionary<string, string> answers)
    {
        var start = new Uri(target.AuthorizeUrl("state", "nonce", Challenge));
        var cookies = new List<string>();
        for (var i = 0; i < Browsers; i++)
        {
            using var browser = new Browser();
            cookies.Add(await browser.SignInAsync(start, FlowTarget.RedirectUri, answers));
        }
        var file = Path.Combine(Repository.NewFolder($"flow-{provider.Id}"), "target.txt");
        await File.WriteAllTextAsync(file, (target with { Cookies = cookies }).Write());
        return new(provider, await BenchProcess.StartOwnAsync(FlowLoad.Command, file));
    }

    public async Task WarmAsync(int flows, int callers) => (await FlowLoad.RunAsync(_load, flows, callers)).Faultless();

    public async Task MeasureAsync(int flows, int callers)
    {
        var cpu = _provider.Cpu();
        var result = await FlowLoad.RunAsync(_load, flows, callers);
        CpuMicroseconds.Add((_provider.Cpu() - cpu).TotalMicroseconds / result.Requests);
        Errors += result.Errors;
        Count += result.Requests;
    }

    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync();
        await _provider.DisposeAsync();
    }
}
