using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>Whether a check costs the same in a large house, and what a session takes in memory.</summary>
internal static class ScaleMeasure
{
    private const double CpuTarget = 1.10;
    private const double BytesTarget = 400;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var smallPlan = new HostPlan(200, 100_000 / options.Shrink);
        var tinyPlan = new HostPlan(10, 1_000 / options.Shrink);
        var largePlan = new HostPlan(10_000, 1_000_000 / options.Shrink);
        await using var small = await CheckServer.StartAsync(smallPlan, "scale-small");
        await using var tiny = await CheckServer.StartAsync(tinyPlan, "scale-tiny");
        await using var large = await CheckServer.StartAsync(largePlan, "scale-large");
        await small.WalkAsync();
        await small.WarmAsync(options.Requests);
        await tiny.WalkAsync();
        await tiny.WarmAsync(options.Requests);
        // what the first request brings along (pools, compiled code) belongs to no session
        await large.WarmAsync(options.Requests / 4, sessions: 100);
        var before = await large.HeapAsync();
        await large.WalkAsync();
        var bytes = (await large.HeapAsync() - before) / (double)largePlan.Sessions;
        await large.WarmAsync(options.Requests);
        await Rounds.RunAsync(options.Rounds, [small, large, tiny], side => side.MeasureAsync(options.Requests));

        foreach (var (other, plan) in new[] { (small, smallPlan), (tiny, tinyPlan) })
            report.Add(new Figure(
                $"CPU of a check, {largePlan.Sessions:#,0} sessions, {largePlan.Hosts:#,0} hosts",
                $"{Report.Number(large.CpuMicroseconds.Median)} µs", $"{Report.Number(other.CpuMicroseconds.Median)} µs with {plan.Sessions:#,0} and {plan.Hosts}",
                large.CpuMicroseconds.RatioTo(other.CpuMicroseconds), "×", CpuTarget, other.Errors + large.Errors, other.Count + large.Count));
        report.Add(new Figure(
            $"memory of a session, {largePlan.Sessions:#,0} of {largePlan.People:#,0} people", $"{Report.Number(bytes)} B", "–", bytes, "B", BytesTarget,
            large.Errors, large.Count));
        report.Note($"Spread over {options.Rounds} runs: large {large.CpuMicroseconds.Spread}, small {small.CpuMicroseconds.Spread}, tiny {tiny.CpuMicroseconds.Spread} µs.");
    }
}
