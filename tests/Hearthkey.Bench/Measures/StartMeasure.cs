using Hearthkey.Bench.Flows;
using Hearthkey.Bench.Native;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>How soon the native server serves, and how much memory it holds when nothing happens.</summary>
internal static class StartMeasure
{
    private const double StartTarget = 150;
    private const double MemoryTarget = 70;
    private const int Starts = 10;

    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var folder = Repository.NewFolder("start");
        var port = NativeServer.FreePort();
        FlowTarget target;
        await using (var first = await NativeServer.StartAsync(options.Binary, folder, port))
        {
            using var administration = new Administration(first);
            target = await administration.AddClientAsync("ES256");
        }
        var starts = new Samples();
        for (var i = 0; i < Starts; i++)
        {
            await using var again = await NativeServer.StartAsync(options.Binary, folder, port);
            starts.Add(again.ReadyAfter.TotalMilliseconds);
        }
        await using var server = await NativeServer.StartAsync(options.Binary, folder, port);
        using var browser = new Browser();
        await browser.SignInAsync(new Uri(target.AuthorizeUrl("state", "nonce", FlowServer.Challenge)), FlowTarget.RedirectUri, SignIn.Answers);
        await Task.Delay(_idle, TimeProvider.System);
        var megabytes = server.Process.ResidentBytes() / (1024.0 * 1024);

        report.Add(new Figure("ready to serve, native, existing database", $"{Report.Number(starts.Median)} ms", "–", starts.Median, "ms", StartTarget, 0, Starts));
        report.Note($"Spread of the {Starts} starts: {starts.Spread} ms.");
        report.Add(new Figure("resident, idle after one login", $"{Report.Number(megabytes)} MB", "–", megabytes, "MB", MemoryTarget, 0, 1));
    }
}
