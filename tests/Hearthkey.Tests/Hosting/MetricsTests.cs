using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Hearthkey.Hosting;
using Hearthkey.Tests.Flows.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_address_of_the_metrics_answers_two_paths_and_nothing_else()
    {
        await using var site = await FlowSite.StartAsync();
        using var client = Client(site);

        using var metrics = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.StatusCode.ShouldBe(HttpStatusCode.OK);
        metrics.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        (await StatusAsync(client, HttpMethod.Get, "/outpost.goauthentik.io/ping")).ShouldBe(204);
        foreach (var path in (string[])["/", "/api/v3/root/config/", "/-/health/live/", "/if/admin/", "/metrics/", "/outpost.goauthentik.io/auth/nginx"])
            (await StatusAsync(client, HttpMethod.Get, path)).ShouldBe(404, path);
        (await StatusAsync(client, HttpMethod.Post, "/metrics")).ShouldBe(405);
        using var front = new HttpClient { BaseAddress = site.Address };
        (await StatusAsync(front, HttpMethod.Get, "/metrics")).ShouldBe(404, "the address of people has none");
    }

    [Fact]
    public async Task It_tells_how_the_server_is_and_no_secret()
    {
        await using var site = await FlowSite.StartAsync();
        using var person = await site.SignedInAsync();
        (await person.GetAsync("/if/user/")).Status.ShouldBe(200);
        (await site.ApiAsync("POST", "core/groups/", """{"name":"family"}""")).Status.ShouldBe(201);
        site.Time.Advance(TimeSpan.FromSeconds(1));

        var text = await ScrapeAsync(site);

        Value(text, "hearthkey_sessions_cached").ShouldBe(1);
        Value(text, "hearthkey_http_requests_total{class=\"2xx\"}").ShouldBeGreaterThanOrEqualTo(3);
        Value(text, "hearthkey_http_requests_total{class=\"5xx\"}").ShouldBe(0);
        Value(text, "hearthkey_database_operations_total{operation=\"write\"}").ShouldBeGreaterThan(2);
        Value(text, "hearthkey_database_operations_total{operation=\"read\"}").ShouldBeGreaterThan(0);
        Value(text, "hearthkey_database_errors_total{operation=\"write\"}").ShouldBe(0);
        Value(text, "hearthkey_snapshot_age_seconds").ShouldBeInRange(0, 2);
        Value(text, "hearthkey_database_contact_age_seconds").ShouldBeInRange(0, 2);
        Value(text, "hearthkey_process_resident_memory_bytes").ShouldBeGreaterThan(1 << 20);
        Value(text, "hearthkey_gc_heap_bytes").ShouldBeGreaterThan(0);
        text.ShouldContain($"hearthkey_build_info{{version=\"{Product.Version}\"");
        text.ShouldNotContain("akadmin");
        text.ShouldNotContain(person.SessionId!);
        // a family once, and each sample in its family
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var families = lines.Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToList();
        families.Distinct().Count().ShouldBe(families.Count);
        lines.Where(l => l[0] != '#').ShouldAllBe(l => families.Any(f => l.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rule_that_is_broken_is_no_error_of_the_database()
    {
        await using var site = await FlowSite.StartAsync();
        (await site.ApiAsync("POST", "core/groups/", """{"name":"twice"}""")).Status.ShouldBe(201);

        (await site.ApiAsync("POST", "core/groups/", """{"name":"twice"}""")).Status.ShouldBe(400);
        await Should.ThrowAsync<DbException>(() => site.Store.WriteAsync(db => db.ExecAsync($"update no_such_table set x = 1"), CancellationToken.None));

        Value(await ScrapeAsync(site), "hearthkey_database_errors_total{operation=\"write\"}").ShouldBe(1);
    }

    [Fact]
    public async Task A_taken_port_stops_the_start_only_where_it_was_asked_for()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (await Should.ThrowAsync<StartupException>(() => StartAsync(new(IPAddress.Loopback, port, IsAsked: true))))
            .Message.ShouldBe($"The address 127.0.0.1:{port} is already in use. Stop what listens there, or set LISTEN__METRICS to another one.");
        await StartAsync(new(IPAddress.Loopback, port, IsAsked: false));
    }

    private static async Task StartAsync(ListenAddress address)
    {
        await using var site = await FlowSite.StartAsync();
        await using var listener = new MetricsListener(
            new Settings { Metrics = address }, site.Services, site.Services.GetRequiredService<IConnectionListenerFactory>(), site.Services.GetRequiredService<ILoggerFactory>());
        await listener.StartAsync(CancellationToken.None);
        listener.Address.ShouldBeNull();
    }

    private static HttpClient Client(FlowSite site) => new() { BaseAddress = site.Services.GetRequiredService<MetricsListener>().Address };

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static async Task<string> ScrapeAsync(FlowSite site)
    {
        using var client = Client(site);
        return await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    internal static double Value(string text, string sample) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(sample + " ", StringComparison.Ordinal)).Split(' ')[^1], global::System.Globalization.CultureInfo.InvariantCulture);
}
