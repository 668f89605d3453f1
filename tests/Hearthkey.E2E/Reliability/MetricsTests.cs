using System.Net;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>What a Prometheus beside the server sees.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Checks_are_in_the_series_that_dashboards_look_for()
    {
        await using var house = await FaultyHouse.StartAsync(new ServerOptions());
        using var client = new HttpClient();
        var before = await client.GetStringAsync(house.Server.Metrics, TestContext.Current.CancellationToken);

        for (var i = 0; i < 3; i++) (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK);

        var labels = $"{{outpost_name=\"authentik Embedded Outpost\",method=\"GET\",host=\"{house.Page.Authority}\",type=\"app\"}}";
        var count = "authentik_outpost_proxy_request_duration_seconds_count" + labels;
        var after = await client.GetStringAsync(house.Server.Metrics, TestContext.Current.CancellationToken);
        (Value(after, count) - Value(before, count)).ShouldBe(3);
        Value(after, count.Replace("_count{", "_bucket{", StringComparison.Ordinal).Replace("}", ",le=\"+Inf\"}", StringComparison.Ordinal)).ShouldBe(Value(after, count));
        Value(after, "authentik_outpost_proxy_request_duration_seconds_sum" + labels).ShouldBeGreaterThan(0);
        Value(after, "hearthkey_outpost_sessions_cached").ShouldBe(1);
        Value(after, "hearthkey_process_resident_memory_bytes").ShouldBeGreaterThan(1 << 20);
        after.ShouldNotContain(House.Token);
        after.ShouldNotContain("akadmin");

        using var ping = await client.GetAsync(new Uri(house.Server.Metrics, "/outpost.goauthentik.io/ping"), TestContext.Current.CancellationToken);
        ping.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var elsewhere = await client.GetAsync(new Uri(house.Server.Http, "/metrics"), TestContext.Current.CancellationToken);
        elsewhere.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private static double Value(string text, string sample) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(sample + " ", StringComparison.Ordinal)).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
