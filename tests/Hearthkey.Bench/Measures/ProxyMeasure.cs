using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Output;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Measures;

/// <summary>What proxy mode costs beside YARP alone, which asks nobody who they are; and beside nginx, for whoever has the choice.</summary>
internal static class ProxyMeasure
{
    private const double CpuTarget = 1.2;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var plan = new HostPlan(200, 100_000 / options.Shrink);
        await using var application = await BenchProcess.StartOwnAsync(UpstreamHost.Command);
        var upstream = "http://127.0.0.1:" + application.Ready[0];
        await using var server = await ProxyServer.StartAsync(plan, upstream);
        await using var yarp = await ProxyServer.StartYarpAsync(server, upstream);
        await using var nginx = await ProxyServer.StartNginxAsync(server, upstream);
        ProxyServer[] all = nginx is null ? [server, yarp] : [server, yarp, nginx];
        foreach (var host in all) await host.WarmAsync(options.Requests);
        await Rounds.RunAsync(options.Rounds, all, host => host.MeasureAsync(options.Requests));

        report.Add(new Figure(
            $"CPU of a page through proxy mode, {plan.Sessions:#,0} sessions, {plan.Hosts} hosts", Cpu(server), Cpu(yarp),
            server.CpuMicroseconds.RatioTo(yarp.CpuMicroseconds), "×", CpuTarget, server.Errors + yarp.Errors, server.Count + yarp.Count));
        report.Note($"Spread of CPU a page over {options.Rounds} runs: ours {server.CpuMicroseconds.Spread}, YARP alone {yarp.CpuMicroseconds.Spread} µs; p99 {Report.Number(server.P99.Median)} and {Report.Number(yarp.P99.Median)} µs.");
        if (nginx is not null)
            report.Note($"nginx proxy_pass, kept connections, one process: {Cpu(nginx)} a page ({nginx.CpuMicroseconds.Spread} µs, {nginx.Errors} errors of {nginx.Count}).");
    }

    private static string Cpu(ProxyServer server) => $"{Report.Number(server.CpuMicroseconds.Median)} µs";
}
