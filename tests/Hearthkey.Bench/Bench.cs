using Hearthkey.Bench.Measures;
using Hearthkey.Bench.Output;

namespace Hearthkey.Bench;

/// <summary>Runs the parts one after the other and reports. Exit codes: 0 all targets reached, 1 some missed, 2 not understood.</summary>
internal static class Bench
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (BenchOptions.Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            return 2;
        }
        var report = new Report(await Machine.DescribeAsync());
        foreach (var part in options.Parts)
        {
            Console.WriteLine($"-- {part}");
            await (part switch
            {
                "check" => CheckMeasure.RunAsync(options, report),
                "nginx" => NginxMeasure.RunAsync(options, report),
                "proxy" => ProxyMeasure.RunAsync(options, report),
                "scale" => ScaleMeasure.RunAsync(options, report),
                "start" => StartMeasure.RunAsync(options, report),
                "flow" => FlowMeasure.RunAsync(options, report),
                _ => throw new InvalidOperationException(part),
            });
        }
        report.Print();
        report.Save(Path.Combine(Repository.Root, "artifacts", "bench.md"));
        return report.IsGood ? 0 : 1;
    }
}
