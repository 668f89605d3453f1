using System.Runtime.InteropServices;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Output;

/// <summary>Where and on what a run took place.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyList<string>> DescribeAsync()
    {
        var model = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = (await File.ReadAllLinesAsync("/proc/meminfo"))[0].Split(':')[1].Trim();
        var commit = await BenchProcess.OutputAsync("git", ["describe", "--always", "--dirty"], Repository.Root);
        return
        [
            $"commit {commit.Trim()}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC",
            $"{model ?? RuntimeInformation.OSArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory}, {RuntimeInformation.OSDescription}",
            $"{RuntimeInformation.FrameworkDescription}; load average at the start {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}",
        ];
    }
}
