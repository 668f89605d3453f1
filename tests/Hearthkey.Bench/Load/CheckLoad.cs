using System.Globalization;
using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Load;

/// <summary>The process that asks: checks as nginx sends them, on connections that stay open, one request at a time on each.</summary>
internal static class CheckLoad
{
    public const string Command = "load";

    /// <summary>What nginx asks.</summary>
    public const string CheckPath = "/outpost.goauthentik.io/auth/nginx";

    /// <summary>What a browser asks.</summary>
    public const string PagePath = "/library/items?page=3&sort=added";

    private const int Connections = 16;

    /// <summary>Arguments: file with a line <c>host cookie-name</c> for each host, number of sessions.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var sites = (await File.ReadAllLinesAsync(args[1])).Select(CheckSite.Read).ToArray();
        var plan = new HostPlan(sites.Length, Number(args[2]));
        await Answering.LoopAsync("ready", async question => question switch
        {
            ["walk", var port] => await RunAsync(plan, sites, Number(port), plan.Sessions, i => i, CheckPath, true),
            ["random", var port, var count, var seed, var of, var path, var named] =>
                await RandomAsync(plan, sites, Number(port), Number(count), new Random(Number(seed)), Number(of), path, named == "named"),
            _ => throw new InvalidOperationException(string.Join(' ', question)),
        });
        return 0;
    }

    /// <summary>Each session once, in order.</summary>
    public static async Task<LoadResult> WalkAsync(BenchProcess load, int port) => LoadResult.Read(await load.AskAsync($"walk {port}"));

    /// <summary>Sessions at random, of the first <paramref name="of"/>.</summary>
    /// <param name="isNamed">The answer must name the person of the session.</param>
    public static async Task<LoadResult> RandomAsync(BenchProcess load, int port, int count, int seed, int of, string path, bool isNamed) =>
        LoadResult.Read(await load.AskAsync($"random {port} {count} {seed} {of} {path} {(isNamed ? "named" : "any")}"));

    private static Task<string> RandomAsync(HostPlan plan, CheckSite[] sites, int port, int count, Random random, int of, string path, bool isNamed)
    {
        var sessions = new int[count];
        for (var i = 0; i < count; i++) sessions[i] = random.Next(of);
        return RunAsync(plan, sites, port, count, i => sessions[i], path, isNamed);
    }

    private static async Task<string> RunAsync(
        HostPlan plan, CheckSite[] sites, int port, int count, Func<int, int> sessionOf, string path, bool isNamed)
    {
        var next = -1;
        var took = new double[count];
        var start = TimeProvider.System.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new CheckConnection(port);
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var session = sessionOf(i);
                var asked = TimeProvider.System.GetTimestamp();
                await connection.AskAsync(sites[plan.HostOf(session)], path, session, isNamed);
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
