using Hearthkey.Bench.Flows;
using Hearthkey.Bench.Native;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench.Measures;

/// <summary>What a code flow costs beside npm <c>oidc-provider</c>, which keeps nothing on disk.</summary>
internal static class FlowMeasure
{
    private const double EllipticTarget = 1.0 / 3;
    private const double RsaTarget = 0.8;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await PeerServer.InstallAsync();
        await RunAsync(options, report, "ES256", EllipticTarget);
        await RunAsync(options, report, "RS256", RsaTarget);
    }

    private static async Task RunAsync(BenchOptions options, Report report, string algorithm, double target)
    {
        await using var server = await NativeServer.StartAsync(options.Binary, Repository.NewFolder("flow"), NativeServer.FreePort());
        using var administration = new Administration(server);
        await using var ours = await FlowServer.SignInAsync(server.Process, await administration.AddClientAsync(algorithm), SignIn.Answers);
        await using var peer = await PeerServer.StartAsync(algorithm);
        FlowServer[] both = [ours, peer];
        foreach (var side in both) await side.WarmAsync(options.Flows, options.Callers);
        await Rounds.RunAsync(options.Rounds, both, side => side.MeasureAsync(options.Flows, options.Callers));

        report.Add(new Figure(
            $"code flow with PKCE, {algorithm}: CPU of a request", $"{Report.Number(ours.CpuMicroseconds.Median)} µs, durable",
            $"{Report.Number(peer.CpuMicroseconds.Median)} µs, oidc-provider in memory", ours.CpuMicroseconds.RatioTo(peer.CpuMicroseconds), "×", target,
            ours.Errors + peer.Errors, ours.Count + peer.Count));
        report.Note($"Spread over {options.Rounds} runs, {algorithm}: ours {ours.CpuMicroseconds.Spread}, oidc-provider {peer.CpuMicroseconds.Spread} µs.");
    }
}
