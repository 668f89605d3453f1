using Hearthkey.Bench.Hosts;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>What a forward-auth check costs beside an endpoint that reads a cookie and sets the same headers.</summary>
internal static class CheckMeasure
{
    private const double CpuTarget = 1.2;
    private const double BytesTarget = 400;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var plan = new HostPlan(200, 100_000 / options.Shrink);
        await using var server = await CheckServer.StartAsync(plan, "check");
        await using var signing = await CheckServer.StartAsync(plan with { HasStatements = true }, "check-jwt");
        await using var bare = await CheckServer.StartBareAsync(server, "--parsed");
        await using var raw = await CheckServer.StartBareAsync(server, "--raw");
        await server.WalkAsync();
        await signing.WalkAsync();
        CheckServer[] all = [server, bare, raw, signing];
        foreach (var host in all) await host.WarmAsync(options.Requests);
        await Rounds.RunAsync(options.Rounds, all, host => host.MeasureAsync(options.Requests));

        report.Add(new Figure(
            $"CPU of a check, {plan.Sessions:#,0} sessions, {plan.Hosts} hosts", Cpu(server), Cpu(bare), server.CpuMicroseconds.RatioTo(bare.CpuMicroseconds),
            "×", CpuTarget, server.Errors + bare.Errors, server.Count + bare.Count));
        report.Add(new Figure(
            "allocated by a check beyond the reference", Bytes(server), Bytes(bare), server.AllocatedBytes.Median - bare.AllocatedBytes.Median, "B", BytesTarget,
            server.Errors + bare.Errors, server.Count + bare.Count));
        report.Note($"Against a reference that looks at the Cookie header without parsing it ({Cpu(raw)}, {Bytes(raw)}): "
            + $"{Report.Number(server.CpuMicroseconds.RatioTo(raw.CpuMicroseconds))} × the CPU, {Report.Number(server.AllocatedBytes.Median - raw.AllocatedBytes.Median)} B more.");
        report.Note($"With X-authentik-jwt on: {Cpu(signing)}, {Bytes(signing)}: {Report.Number(signing.CpuMicroseconds.RatioTo(bare.CpuMicroseconds))} × the reference, "
            + $"{Report.Number(signing.CpuMicroseconds.RatioTo(server.CpuMicroseconds))} × a check without it; {signing.Errors} errors of {signing.Count:#,0}.");
        report.Note($"One check in a hundred took longer than {Report.Number(server.P99.Median)} µs with ours, {Report.Number(bare.P99.Median)} µs with the reference.");
        report.Note($"Spread of CPU a check over {options.Rounds} runs: ours {server.CpuMicroseconds.Spread}, reference {bare.CpuMicroseconds.Spread} µs.");
    }

    private static string Cpu(CheckServer server) => $"{Report.Number(server.CpuMicroseconds.Median)} µs";

    private static string Bytes(CheckServer server) => $"{Report.Number(server.AllocatedBytes.Median)} B";
}
