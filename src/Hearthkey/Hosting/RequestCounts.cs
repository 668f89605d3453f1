namespace Hearthkey.Hosting;

/// <summary>Counts answers by the class of their status. Threads count in places of their own, so that they do not wait for each other.</summary>
public sealed class RequestCounts
{
    private const int Stripes = 16;

    /// <summary>Two cache lines of eight numbers each: neighbours are fetched in pairs.</summary>
    private const int Width = 16;

    private const int Classes = 6;

    private readonly long[] _counts = new long[Stripes * Width];

    public void Add(int status)
    {
        var stripe = Environment.CurrentManagedThreadId % Stripes;
        var place = status is >= 100 and < 600 ? status / 100 : 0;
        Interlocked.Increment(ref _counts[(stripe * Width) + place]);
    }

    internal void Write(MetricText text)
    {
        const string name = "hearthkey_http_requests_total";
        text.Family(name, "counter", "Requests that were answered, by the class of the status.");
        for (var place = 1; place < Classes; place++)
        {
            long sum = 0;
            for (var stripe = 0; stripe < Stripes; stripe++) sum += Interlocked.Read(ref _counts[(stripe * Width) + place]);
            text.Sample(name, sum, ("class", place + "xx"));
        }
    }
}
