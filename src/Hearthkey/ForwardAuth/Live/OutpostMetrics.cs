using System.Globalization;
using Hearthkey.Hosting;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>The outpost's numbers: the first family under the name, with the labels and the buckets, that dashboards for authentik look for.</summary>
internal static class OutpostMetrics
{
    private const string Duration = "authentik_outpost_proxy_request_duration_seconds";

    public static void Write(MetricText text, ForwardAuthOutpost outpost, Snapshots snapshots)
    {
        var name = snapshots.Current.Get<ProxyTable>().OutpostName;
        text.Family(Duration, "histogram", "Time that requests to the outpost took.");
        foreach (var one in outpost.Durations.All.OrderBy(d => d.Host, StringComparer.Ordinal).ThenBy(d => d.Method, StringComparer.Ordinal))
            Write(text, one, one.OutpostName.Length == 0 ? name : one.OutpostName);
        text.Single("hearthkey_outpost_sessions_cached", "gauge", "Forward-auth sessions in memory.", outpost.Sessions.Count);
    }

    private static void Write(MetricText text, RequestDuration one, string outpost)
    {
        long count = 0;
        for (var i = 0; i < one.Buckets.Count; i++)
        {
            count += one.Buckets[i];
            var bound = i < RequestDurations.Bounds.Count ? RequestDurations.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Sample(Duration + "_bucket", count,
                ("outpost_name", outpost), ("method", one.Method), ("host", one.Host), ("type", one.Type), ("le", bound));
        }
        text.Sample(Duration + "_sum", one.Seconds, ("outpost_name", outpost), ("method", one.Method), ("host", one.Host), ("type", one.Type));
        text.Sample(Duration + "_count", count, ("outpost_name", outpost), ("method", one.Method), ("host", one.Host), ("type", one.Type));
    }
}
