namespace Hearthkey.Bench.Processes;

/// <summary>The other end of <see cref="BenchProcess.AskAsync"/>: answers line by line until its input ends.</summary>
internal static class Answering
{
    public static async Task LoopAsync(string ready, Func<string[], Task<string>> answerAsync)
    {
        Console.WriteLine($"= {ready}");
        while (await Console.In.ReadLineAsync() is { } line) Console.WriteLine($"= {await answerAsync(line.Split(' '))}");
    }
}
