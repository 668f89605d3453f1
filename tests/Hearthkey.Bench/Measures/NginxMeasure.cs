using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>What a page costs that nginx asks about first, beside the same nginx that asks the reference.</summary>
internal static class NginxMeasure
{
    private const double CpuTarget = 1.1;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var plan = new HostPlan(200, 100_000 / options.Shrink);
        await using var server = await CheckServer.StartAsync(plan, "nginx");
        await using var bare = await CheckServer.StartBareAsync(server, "--parsed");
        await server.WalkAsync();
        await using var ours = await server.BehindNginxAsync();
        await using var reference = await bare.BehindNginxAsync();
        CheckServer[] both = [ours, reference];
        foreach (var side in both) await side.WarmAsync(options.Requests);
        await Rounds.RunAsync(options.Rounds, both, side => side.MeasureAsync(options.Requests));

        report.Add(new Figure(
            "CPU of a page through nginx, nginx counted in", $"{Report.Number(ours.CpuMicroseconds.Median)} µs", $"{Report.Number(reference.CpuMicroseconds.Median)} µs",
            ours.CpuMicroseconds.RatioTo(reference.CpuMicroseconds), "×", CpuTarget, ours.Errors + reference.Errors, ours.Count + reference.Count));
        report.Note($"One page in a hundred through nginx took longer than {Report.Number(ours.P99.Median)} µs with ours, {Report.Number(reference.P99.Median)} µs with the reference.");
    }
}
