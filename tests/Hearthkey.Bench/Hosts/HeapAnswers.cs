using System.Globalization;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Hosts;

/// <summary>What a host tells of its managed heap.</summary>
internal static class HeapAnswers
{
    /// <summary><c>allocated</c>: bytes since its start. <c>heap</c>: bytes that are in use, after a full collection.</summary>
    public static Task<string> AnswerAsync(string[] question)
    {
        if (question is ["allocated"]) return Task.FromResult(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return Task.FromResult(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Asks a host for one of these.</summary>
    public static async Task<long> AskAsync(BenchProcess host, string what) =>
        long.Parse((await host.AskAsync($"{what}"))[0], CultureInfo.InvariantCulture);
}
