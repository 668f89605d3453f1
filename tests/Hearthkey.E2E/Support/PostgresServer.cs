using System.Security.Cryptography;
using Npgsql;

namespace Hearthkey.E2E.Support;

/// <summary>A PostgreSQL of the test's own: new cluster, password login (scram), loopback only.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";

    private readonly TempFolder _folder = new("postgres");
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string _programs = FindPrograms();
    private ChildProcess? _process;

    private PostgresServer()
    {
    }

    public int Port { get; } = FreePort.Next();

    public string Log => _process?.Log ?? "";

    // PostgreSQL refuses to run as root
    private static string? User => Environment.IsPrivilegedProcess ? Owner : null;

    private string Cluster => _folder.At("cluster");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the same port and data after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        // safe against a killed process; a machine that loses power is not what these tests show
        _process = ChildProcess.Start("postgres", Path.Combine(_programs, "postgres"),
            ["-D", Cluster, "-p", $"{Port}", "-k", _folder.Path, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"], user: User);
        await Wait.ForAsync("PostgreSQL", async () => _process.ThrowIfEnded() && await AnswersAsync(), detail: () => Log);
    }

    /// <summary>Ends it at once, dropping every connection.</summary>
    public Task StopAsync() => _process!.QuitAsync();

    /// <summary>Creates a database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(Owner));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name comes from the test; an identifier cannot be a parameter
        command.CommandText = $"create database \"{name}\" template template0 encoding 'UTF8' locale 'C.UTF-8'";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={Owner};Password={_password};Database={database};Timeout=5";

    /// <summary>The variables that make a server use this database.</summary>
    public Dictionary<string, string> Variables(string database) => new()
    {
        ["HEARTHKEY_POSTGRESQL__HOST"] = "127.0.0.1",
        ["HEARTHKEY_POSTGRESQL__PORT"] = $"{Port}",
        ["HEARTHKEY_POSTGRESQL__USER"] = Owner,
        ["HEARTHKEY_POSTGRESQL__PASSWORD"] = _password,
        ["HEARTHKEY_POSTGRESQL__NAME"] = database,
    };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasEnded) await _process.QuitAsync();
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.At("password"), _password);
        if (User is not null) await ChildProcess.RunAsync("chown", ["-R", Owner, _folder.Path]);
        await ChildProcess.RunAsync(Path.Combine(_programs, "initdb"),
            ["-D", Cluster, "-U", Owner, "-A", "scram-sha-256", "--pwfile", _folder.At("password"), "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], _folder.Path, User);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(Owner) + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string FindPrograms() =>
        Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max()
        ?? throw new FileNotFoundException("PostgreSQL is not installed: ./test installs it.");
}
