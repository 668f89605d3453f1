using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// How long the requests took that the outpost answered: by outpost, method, host and type, as authentik's
/// <c>authentik_outpost_proxy_request_duration_seconds</c>. Hosts are those of providers, so that strangers cannot make series.
/// </summary>
public sealed class RequestDurations
{
    /// <summary>Upper bounds of the buckets in seconds; those that Prometheus' clients have by default.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private const string App = "app";

    private readonly IOutpostCore _core;
    private readonly TimeProvider _time;
    private readonly long[] _bounds;
    private readonly ConcurrentDictionary<(string Outpost, string Host, string Type), DurationSeries> _series = new();
    private readonly DurationSeries _nowhere;
    private readonly DurationSeries _ping;

    internal RequestDurations(IOutpostCore core, TimeProvider time)
    {
        (_core, _time) = (core, time);
        _bounds = [.. Bounds.Select(bound => (long)(bound * time.TimestampFrequency))];
        _nowhere = Series("", "", App);
        _ping = Series("", "", "ping");
    }

    /// <summary>What was counted so far for the hosts that are served now. An outpost or host that was not known is blank.</summary>
    public IEnumerable<RequestDuration> All
    {
        get
        {
            var configuration = _core.Configuration;
            // not removed: a host that comes back goes on counting, as a counter must
            return _series.Where(series => series.Key.Host.Length == 0 || configuration.Serves(series.Key.Host))
                .SelectMany(series => series.Value.All(series.Key.Outpost, series.Key.Host, series.Key.Type));
        }
    }

    internal long Start() => _time.GetTimestamp();

    internal void Ping(HttpContext context, long started) => _ping.Add(context.Request.Method, _time.GetTimestamp() - started);

    /// <summary>Counts an answer once it is done; one that is done already costs no copy of anything.</summary>
    /// <param name="site">Null where the host is no application's.</param>
    internal Task CountAsync(Task answer, HttpContext context, ProtectedSite? site, long started)
    {
        if (!answer.IsCompletedSuccessfully)
            return LaterAsync(answer, context, site, started);
        Add(context, site, started);
        return answer;
    }

    private async Task LaterAsync(Task answer, HttpContext context, ProtectedSite? site, long started)
    {
        await answer;
        Add(context, site, started);
    }

    private void Add(HttpContext context, ProtectedSite? site, long started)
    {
        var series = site is null ? _nowhere : site.Durations ??= Series(site.Provider.OutpostName, site.External.Key.ToString(), App);
        series.Add(context.Request.Method, _time.GetTimestamp() - started);
    }

    private DurationSeries Series(string outpost, string host, string type) =>
        _series.GetOrAdd((outpost, host, type), static (_, durations) => new DurationSeries(durations._bounds, durations._time.TimestampFrequency), this);
}

/// <summary>One histogram.</summary>
/// <param name="OutpostName">Name of the outpost; blank where no provider's host was asked.</param>
/// <param name="Method">The request's method in capitals; <c>other</c> for one that is none of HTTP's own.</param>
/// <param name="Host">Host, with its port unless it is the scheme's own, of the provider; blank where none was asked.</param>
/// <param name="Type"><c>app</c> or <c>ping</c>.</param>
/// <param name="Buckets">Requests in each bucket of <see cref="RequestDurations.Bounds"/>, and those that took longer; not summed up.</param>
/// <param name="Seconds">All of them together.</param>
public sealed record RequestDuration(string OutpostName, string Method, string Host, string Type, IReadOnlyList<long> Buckets, double Seconds);
