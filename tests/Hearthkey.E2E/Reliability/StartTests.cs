using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Hearthkey.E2E.Support;
using Microsoft.Data.Sqlite;
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
    public async Task A_taken_port_for_metrics_that_was_asked_for_is_an_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        await RefusesAsync(_options with { Environment = new Dictionary<string, string> { ["HEARTHKEY_LISTEN__METRICS"] = address } }, $"The address {address} is already in use", "LISTEN__METRICS");
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
    public async Task A_data_folder_that_the_user_may_not_write_says_so_and_starts_once_it_may()
    {
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true });
        await server.StopAsync();
        await ChildProcess.RunAsync("chmod", ["-R", "a-w", server.Data]);

        await RefusesAgainAsync(server, $"The data folder {server.Data} is read-only for the user that runs Hearthkey", "make the folder and the files in it writable");

        await ChildProcess.RunAsync("chmod", ["-R", "u+w", server.Data]);
        await WorksAgainAsync(server);
    }

    [Fact]
    public async Task A_database_file_that_is_read_only_says_so_and_starts_once_it_is_not()
    {
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true });
        await server.StopAsync();
        var file = Path.Combine(server.Data, "hearthkey.db");
        await ChildProcess.RunAsync("chmod", ["a-w", file]);

        await RefusesAgainAsync(server, $"The database {file} is read-only: make the file and its folder writable");

        await ChildProcess.RunAsync("chmod", ["u+w", file]);
        await WorksAgainAsync(server);
    }

    [Fact]
    public async Task A_disk_that_is_read_only_says_so_and_starts_once_it_is_not()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true, Data = disk.Path });
        await server.StopAsync();

        await disk.ProtectAsync(isReadOnly: true);
        await RefusesAgainAsync(server, $"The data folder {disk.Path} is on a disk that is read-only: mount it writable.");

        await disk.ProtectAsync(isReadOnly: false);
        await WorksAgainAsync(server);
    }

    /// <summary>Those who are signed in can go on: it starts, and takes no writes until there is room.</summary>
    [Fact]
    public async Task A_full_disk_does_not_keep_a_server_that_was_set_up_from_starting()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true, Data = disk.Path });
        await server.StopAsync();
        await disk.FillAsync();

        await server.StartAgainAsync(waitUntilReady: true);

        using var api = Api(server);
        (await api.GetAsync(new Uri("/api/v3/core/groups/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, server.Log);
        // what fits into the room that the database's files have is taken
        var status = HttpStatusCode.Created;
        for (var i = 0; i < 500 && status == HttpStatusCode.Created; i++)
        {
            var large = new { name = $"during-{i}", attributes = new { note = new string('x', 20_000) } };
            status = (await api.PostAsJsonAsync("/api/v3/core/groups/", large, TestContext.Current.CancellationToken)).StatusCode;
        }
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await disk.FreeAsync();
        (await api.PostAsJsonAsync("/api/v3/core/groups/", new { name = "after" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created, server.Log);
    }

    [Fact]
    public async Task A_first_start_on_a_full_disk_says_so_and_leaves_nothing_half_made()
    {
        await using var disk = await SmallDisk.MountAsync();
        await disk.FillAsync();
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true, Data = disk.Path, WaitUntilReady = false });
        await server.WaitForEndAsync();
        server.ExitCode.ShouldBe(1, server.Log);
        server.Log.ShouldContain("disk is full", Case.Insensitive);
        server.Log.ShouldNotContain("   at ");

        await disk.FreeAsync();
        await WorksAgainAsync(server);
    }

    [Fact]
    public async Task A_first_start_in_a_folder_that_the_user_may_not_write_says_so()
    {
        await using var server = await ServerProcess.StartAsync(_options with { OrdinaryUser = true, WaitUntilReady = false, Environment = new Dictionary<string, string> { ["HEARTHKEY_DATA"] = "/etc" } });
        await server.WaitForEndAsync();
        server.ExitCode.ShouldBe(1, server.Log);
        server.Log.ShouldContain("The data folder /etc is read-only for the user that runs Hearthkey");
        server.Log.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked_says_so()
    {
        await using var server = await ServerProcess.StartAsync(_options);
        await server.StopAsync();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.Data, "hearthkey.db")};Pooling=false"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = "begin exclusive";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            await RefusesAgainAsync(server, "is locked by another program: stop what else has it open.");
        }
        await WorksAgainAsync(server);
    }

    [Fact]
    public async Task A_postgresql_that_is_away_or_refuses_the_password_says_so()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("start");
        var good = postgres.Variables("start");

        await RefusesAsync(_options with { Environment = new Dictionary<string, string>(good) { ["HEARTHKEY_POSTGRESQL__PASSWORD"] = "wrong" } }, "PostgreSQL refused the user or the password.");
        await RefusesAsync(_options with { Environment = postgres.Variables("no-such-one") }, "PostgreSQL has no database of that name: create it.");
        await postgres.StopAsync();
        await RefusesAsync(_options with { Environment = good }, "PostgreSQL cannot be reached: check that it runs");
    }

    private static HttpClient Api(ServerProcess server) => new()
    {
        BaseAddress = server.Http,
        DefaultRequestHeaders = { Authorization = new("Bearer", House.Token) },
    };

    /// <summary>Starts it again, which must not succeed.</summary>
    private static async Task RefusesAgainAsync(ServerProcess server, params string[] words)
    {
        await server.StartAgainAsync(waitUntilReady: false);
        await server.WaitForEndAsync();
        server.ExitCode.ShouldBe(1, server.Log);
        foreach (var word in words) server.Log.ShouldContain(word);
        server.Log.ShouldNotContain("   at ", Case.Sensitive, "a person reads this: no stack trace");
    }

    private static async Task WorksAgainAsync(ServerProcess server)
    {
        await server.StartAgainAsync(waitUntilReady: true);
        using var api = Api(server);
        (await api.PostAsJsonAsync("/api/v3/core/groups/", new { name = "after" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created, server.Log);
    }

    private static async Task RefusesAsync(ServerOptions options, params string[] words)
    {
        await using var server = await ServerProcess.StartAsync(options with { WaitUntilReady = false });
        await server.WaitForEndAsync();
        server.ExitCode.ShouldBe(1, server.Log);
        foreach (var word in words) server.Log.ShouldContain(word, Case.Insensitive);
        server.Log.ShouldNotContain("   at ", Case.Sensitive, "a person reads this: no stack trace");
    }
}
