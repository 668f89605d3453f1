using System.Globalization;
using Hearthkey.Bench.Load;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Flows;

/// <summary>The process that runs code flows with PKCE, as a browser that is signed in and a confidential client do together.</summary>
internal static class FlowLoad
{
    public const string Command = "flows";

    /// <summary>Argument: file with the target.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var target = FlowTarget.Read(await File.ReadAllTextAsync(args[1]));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        await Answering.LoopAsync("ready", async question =>
            (await RunAsync(new CodeFlow(client, target), Number(question[1]), Number(question[2]))).Write());
        return 0;
    }

    public static async Task<LoadResult> RunAsync(BenchProcess load, int flows, int callers) =>
        LoadResult.Read(await load.AskAsync($"run {flows} {callers}"));

    private static async Task<LoadResult> RunAsync(CodeFlow flow, int count, int callers)
    {
        var left = count;
        var errors = 0;
        string? first = null;
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
            {
                if (await flow.RunAsync(number) is not { } problem) continue;
                Interlocked.Increment(ref errors);
                Interlocked.CompareExchange(ref first, problem, null);
            }
        })));
        return new LoadResult(2L * count, errors, TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, first ?? "-");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
