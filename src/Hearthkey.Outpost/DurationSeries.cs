using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>The histograms of one host, one for each method; adding is two additions.</summary>
internal sealed class DurationSeries(long[] bounds, long frequency)
{
    private static readonly string[] _methods =
    [
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options, "other",
    ];

    private readonly long[]?[] _cells = new long[_methods.Length][];

    public void Add(string method, long elapsed)
    {
        var index = 0;
        while (index < _methods.Length - 1 && !HttpMethods.Equals(method, _methods[index])) index++;
        // the last cell holds the sum
        var cells = Volatile.Read(ref _cells[index]) ?? Create(index);
        var bucket = 0;
        while (bucket < bounds.Length && elapsed > bounds[bucket]) bucket++;
        Interlocked.Increment(ref cells[bucket]);
        Interlocked.Add(ref cells[^1], elapsed);
    }

    public IEnumerable<RequestDuration> All(string outpost, string host, string type)
    {
        for (var index = 0; index < _methods.Length; index++)
        {
            if (Volatile.Read(ref _cells[index]) is not { } cells) continue;
            var buckets = new long[bounds.Length + 1];
            for (var bucket = 0; bucket < buckets.Length; bucket++) buckets[bucket] = Interlocked.Read(ref cells[bucket]);
            yield return new(outpost, _methods[index], host, type, buckets, (double)Interlocked.Read(ref cells[^1]) / frequency);
        }
    }

    private long[] Create(int index)
    {
        var cells = new long[bounds.Length + 2];
        return Interlocked.CompareExchange(ref _cells[index], cells, null) ?? cells;
    }
}
