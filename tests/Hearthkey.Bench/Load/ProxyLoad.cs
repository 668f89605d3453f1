using System.Globalization;
using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Load;

/// <summary>The process that opens pages through a proxy, on connections that stay open, one request at a time on each.</summary>
internal static class ProxyLoad
{
    public const string Command = "pages";

    private const int Connections = 16;

    /// <summary>Arguments: file with a line <c>host cookie-name</c> for each host, number of sessions.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var sites = (await File.ReadAllLinesAsync(args[1])).Select(CheckSite.Read).ToArray();
        var plan = new HostPlan(sites.Length, Number(args[2]));
        await Answering.LoopAsync("ready", async question => question is [var port, var count, var seed, var named]
            ? await RunAsync(plan, sites, Number(port), Number(count), new Random(Number(seed)), named == "named")
            : throw new InvalidOperationException(string.Join(' ', question)));
        return 0;
    }

    /// <param name="isNamed">The application must have been told the person of the session.</param>
    public static async Task<LoadResult> AskAsync(BenchProcess load, int port, int count, int seed, bool isNamed) =>
        LoadResult.Read(await load.AskAsync($"{port} {count} {seed} {(isNamed ? "named" : "any")}"));

    private static async Task<string> RunAsync(HostPlan plan, CheckSite[] sites, int port, int count, Random random, bool isNamed)
    {
        var sessions = new int[count];
        for (var i = 0; i < count; i++) sessions[i] = random.Next(plan.Sessions);
        var next = -1;
        var took = new double[count];
        var start = TimeProvider.System.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new PageConnection(port);
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var asked = TimeProvider.System.GetTimestamp();
                await connection.AskAsync(sites[plan.HostOf(sessions[i])], sessions[i], isNamed);
                took[i] = TimeProvider.System.GetElapsedTime(asked).TotalMicroseconds;
            }
            return (connection.Errors, connection.FirstError);
        })));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        var first = results.Select(r => r.FirstError).FirstOrDefault(e => e is not null) ?? "-";
        Array.Sort(took);
        return new LoadResult(count, results.Sum(r => r.Errors), seconds, took[count * 99 / 100], first).Write();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
