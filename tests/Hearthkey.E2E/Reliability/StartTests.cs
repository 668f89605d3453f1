using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Hearthkey.E2E.Support;
using Npgsql;

namespace Hearthkey.E2E.Reliability;

/// <summary>A start that cannot succeed says what to change and touches nothing.</summary>
public sealed class StartTests
{
    private static readonly ServerOptions _options = new() { BootstrapPassword = House.Password, BootstrapToken = House.Token };

    [Fact]
    public async Task A_taken_port_that_was_asked_for_is_an_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await RefusesAsync(_options with { HttpPort = port }, "already in use", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Mistakes_in_the_settings_are_all_named_at_once() => await RefusesAsync(
        _options with
        {
            Environment = new Dictionary<string, string>
            {
                ["HEARTHKEY_LOG_LEVEL"] = "loud",
                ["HEARTHKEY_STALE_MAX"] = "five",
                ["HEARTHKEY_SECRET_KEY"] = "short",
                ["HEARTHKEY_LISTEN__HTPP"] = ":9000",
            },
        },
        "LOG_LEVEL", "STALE_MAX", "SECRET_KEY", "LISTEN__HTPP");

    [Fact]
    public async Task A_database_of_another_key_is_refused()
    {
        await using var server = await ServerProcess.StartAsync(_options);
        await server.StopAsync();

        await RefusesAsync(
            _options with { Data = server.Data, Environment = new Dictionary<string, string> { ["HEARTHKEY_SECRET_KEY"] = "another key, long enough to be one 0123456789" } },
            "another key");
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateDatabaseAsync("newer");
        await using (var server = await ServerProcess.StartAsync(_options with { Environment = postgres.Variables("newer") })) await server.StopAsync();
        await using (var source = NpgsqlDataSource.Create(connection))
        await using (var command = source.CreateCommand("insert into migration (number, name, sum, applied_at) values (9999, '9999_future', '', 0)"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await RefusesAsync(_options with { Environment = postgres.Variables("newer") }, "newer");
    }

    [Fact]
    public async Task A_second_process_on_one_sqlite_file_is_refused()
    {
        await using var server = await ServerProcess.StartAsync(_options);

        await RefusesAsync(_options with { Data = server.Data }, "another Hearthkey is running");

        using var client = new HttpClient();
        (await client.GetAsync(new Uri(server.Http, "/-/health/ready/"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_read_only_database_refuses_writes_clearly_and_comes_back()
    {
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true });
        await server.StopAsync();
        await ChildProcess.RunAsync("chmod", ["-R", "a-w", server.Data]);

        await server.StartAgainAsync(waitUntilReady: false);
        await server.WaitForEndAsync();
        server.Log.ShouldContain("cannot be written");

        await ChildProcess.RunAsync("chmod", ["-R", "u+w", server.Data]);
        await server.StartAgainAsync();
        using var api = Api(server);
        (await api.GetAsync(new Uri("/api/v3/core/groups/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Postgresql_gone_and_back_loses_nothing_and_lets_nobody_new_in()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("away");
        await using var server = await ServerProcess.StartAsync(_options with { Environment = postgres.Variables("away") });
        using var api = Api(server);
        (await api.PostAsJsonAsync("/api/v3/core/groups/", new { name = "before" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        await postgres.StopAsync();

        (await api.PostAsJsonAsync("/api/v3/core/groups/", new { name = "during" })).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var anonymous = new HttpClient { BaseAddress = server.Http };
        (await anonymous.GetAsync(new Uri("/api/v3/core/users/me/", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeFalse();

        await postgres.StartAgainAsync();

        await Wait.ForAsync("writes to be taken again", async () =>
            (await api.PostAsJsonAsync("/api/v3/core/groups/", new { name = "after" })).StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest, TimeSpan.FromSeconds(20));
        var names = await api.GetStringAsync(new Uri("/api/v3/core/groups/", UriKind.Relative), TestContext.Current.CancellationToken);
        names.ShouldContain("before");
        names.ShouldContain("after");
        names.ShouldNotContain("during");
    }

    private static HttpClient Api(ServerProcess server) => new()
    {
        BaseAddress = server.Http,
        DefaultRequestHeaders = { Authorization = new("Bearer", House.Token) },
    };

    private static async Task RefusesAsync(ServerOptions options, params string[] words)
    {
        await using var server = await ServerProcess.StartAsync(options with { WaitUntilReady = false });
        await server.WaitForEndAsync();
        server.ExitCode.ShouldBe(1, server.Log);
        foreach (var word in words) server.Log.ShouldContain(word, Case.Insensitive);
        server.Log.ShouldNotContain("   at ", Case.Sensitive, "a person reads this: no stack trace");
    }
}
