using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Hearthkey.Tests.Support.PostgresServer))]

namespace Hearthkey.Tests.Support;

/// <summary>
/// A PostgreSQL of our own under a temporary folder, reached by its socket; started by the first test that asks, shared by the whole run. Its
/// absence is an error: <c>./test</c> installs it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> _shared = new(StartAsync);
    private readonly string _folder = "";
    private readonly Process? _process;

    /// <summary>For xunit, which disposes this at the end of the run and with it the shared server.</summary>
    public PostgresServer()
    {
    }

    private PostgresServer(string folder, Process process)
    {
        _folder = folder;
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>Makes an empty database and gives its connection string.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var server = await _shared.Value;
        var name = "t" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync(server.ConnectionString("postgres"), $"create database {name} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0");
        return server.ConnectionString(name);
    }

    /// <summary>The settings, without their prefix, by which a server uses this database; none where there is none.</summary>
    public static IReadOnlyList<(string Name, string Value)> SettingsOf(string? connectionString)
    {
        if (connectionString is null) return [];
        var place = new NpgsqlConnectionStringBuilder(connectionString);
        return
        [
            ("POSTGRESQL__HOST", place.Host!), ("POSTGRESQL__NAME", place.Database!), ("POSTGRESQL__USER", place.Username!),
            ("POSTGRESQL__PORT", place.Port.ToString(global::System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Runs a command as the administrator of the server, outside the database under test.</summary>
    public static async Task AdministerAsync(string sql) => await ExecuteAsync((await _shared.Value).ConnectionString("postgres"), sql);

    public async ValueTask DisposeAsync()
    {
        if (_process is null && _shared.IsValueCreated && _shared.Value.IsCompletedSuccessfully) (await _shared.Value).Stop();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "hk-pg-" + Path.GetRandomFileName());
        global::System.IO.Directory.CreateDirectory(folder);
        if (Environment.UserName == "root") Run("chown", ["postgres", folder]);
        var data = Path.Combine(folder, "data");
        Run(Program("initdb"), ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], asPostgres: true);
        var process = Start(
            Program("postgres"),
            ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=300"],
            asPostgres: true);
        var server = new PostgresServer(folder, process);
        await server.WaitAsync();
        return server;
    }

    private async Task WaitAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync(ConnectionString("postgres"), "select 1");
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(30) && !_process!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private string ConnectionString(string database) => $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=20";

    private void Stop()
    {
        if (_process is null || _process.HasExited) return;
        // the process is setpriv's exec of postgres; SIGQUIT is the immediate shutdown
        Run("kill", ["-QUIT", _process.Id.ToString(global::System.Globalization.CultureInfo.InvariantCulture)]);
        _process.WaitForExit(5000);
        try
        {
            global::System.IO.Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // left to the cleaning of the temporary folder
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // names of databases cannot be parameters
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string Program(string name)
    {
        const string versions = "/usr/lib/postgresql";
        var newest = global::System.IO.Directory.Exists(versions)
            ? global::System.IO.Directory.GetDirectories(versions).OrderByDescending(folder => folder.Length).ThenByDescending(folder => folder).FirstOrDefault()
            : null;
        return newest is null
            ? throw new InvalidOperationException("PostgreSQL is not installed: run ./test, or apt install postgresql.")
            : Path.Combine(newest, "bin", name);
    }

    private static void Run(string program, string[] arguments, bool asPostgres = false)
    {
        using var process = Start(program, arguments, asPostgres);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    // postgres refuses to run as root
    private static Process Start(string program, string[] arguments, bool asPostgres)
    {
        var drop = asPostgres && Environment.UserName == "root";
        var start = new ProcessStartInfo(drop ? "setpriv" : program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        if (drop)
        {
            foreach (var argument in new[] { "--reuid=postgres", "--regid=postgres", "--init-groups", program }) start.ArgumentList.Add(argument);
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
