using System.Net;
using System.Text.RegularExpressions;

namespace Hearthkey.E2E.Support;

/// <summary>The published server with a data folder of its own, on free ports of the loopback address.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly Lazy<string> _binary = new(FindBinary);

    private readonly ServerOptions _options;
    private readonly TempFolder? _ownData;
    private TempFolder? _copy;
    private ChildProcess? _process;
    private string _earlierLog = "";

    private ServerProcess(ServerOptions options)
    {
        _options = options;
        _ownData = options.Data is null ? new TempFolder("data") : null;
        HttpPort = options.HttpPort ?? FreePort.Next();
        HttpsPort = FreePort.Next();
        MetricsPort = FreePort.Next();
    }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public int MetricsPort { get; }

    public Uri Http => new($"http://127.0.0.1:{HttpPort}");

    public Uri Metrics => new($"http://127.0.0.1:{MetricsPort}/metrics");

    /// <summary>The data folder; it outlives <see cref="KillAsync"/> and <see cref="StopAsync"/>.</summary>
    public string Data => _options.Data ?? _ownData!.Path;

    /// <summary>Everything printed so far, earlier runs included.</summary>
    public string Log => _earlierLog + _process?.Log;

    public bool HasEnded => _process?.HasEnded ?? true;

    public int ExitCode => _process!.ExitCode;

    public int ProcessId => _process!.Id;

    /// <summary>The setup link that the latest run printed, or null.</summary>
    public Uri? SetupLink => SetupLinkPattern().Matches(Log) is { Count: > 0 } found ? new Uri(found[^1].Value) : null;

    public static async Task<ServerProcess> StartAsync(ServerOptions? options = null)
    {
        var server = new ServerProcess(options ?? new ServerOptions());
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the binary on this server's data folder, such as <c>admin recover akadmin</c>, and returns what it printed.</summary>
    public Task<string> RunCommandAsync(params string[] arguments) => RunCommandAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with further environment variables, which win; an error with what it printed where it ends with another code than 0.</summary>
    public Task<string> RunCommandAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var variables = Variables();
        foreach (var (key, value) in environment) variables[key] = value;
        return ChildProcess.RunAsync(_binary.Value, arguments, Data, environment: variables);
    }

    /// <summary>Starts the binary (again) on the same ports and data; does not wait for it where it is expected to stop by itself.</summary>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string>? environment = null, bool? waitUntilReady = null)
    {
        if (_process is not null)
        {
            _earlierLog = Log + "---- started again ----\n";
            await _process.DisposeAsync();
        }

        var changeUser = _options.OrdinaryUser && Environment.IsPrivilegedProcess;
        var binary = changeUser ? await PrepareForOrdinaryUserAsync() : _binary.Value;
        var variables = Variables();
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) variables[key] = value;
        _process = ChildProcess.Start("hearthkey", binary, [], variables, Data, changeUser ? "nobody" : null);
        if (waitUntilReady ?? _options.WaitUntilReady) await WaitUntilReadyAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Wait.ForAsync("the server to be ready", async () => _process!.ThrowIfEnded() && await IsReadyAsync(client), _options.StartLimit, () => Log);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>SIGTERM, and waits for the end.</summary>
    public Task StopAsync() => _process!.StopAsync();

    public Task WaitForEndAsync(TimeSpan? limit = null) => _process!.WaitForEndAsync(limit);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _ownData?.Dispose();
        _copy?.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Http, "/-/health/ready/"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = Data,
            ["HEARTHKEY_LISTEN__HTTP"] = $"127.0.0.1:{HttpPort}",
            ["HEARTHKEY_LISTEN__HTTPS"] = $"127.0.0.1:{HttpsPort}",
            ["HEARTHKEY_LISTEN__METRICS"] = $"127.0.0.1:{MetricsPort}",
        };
        void Add(string key, string? value)
        {
            if (value is not null) variables[key] = value;
        }

        Add("HEARTHKEY_BOOTSTRAP_PASSWORD", _options.BootstrapPassword);
        Add("HEARTHKEY_BOOTSTRAP_TOKEN", _options.BootstrapToken);
        Add("HEARTHKEY_BOOTSTRAP_EMAIL", _options.BootstrapEmail);
        foreach (var (key, value) in _options.Environment) variables[key] = value;
        return variables;
    }

    // a checkout below /root cannot be read by another user
    private async Task<string> PrepareForOrdinaryUserAsync()
    {
        if (_copy is null)
        {
            _copy = new TempFolder("binary");
            await ChildProcess.RunAsync("cp", ["-R", Path.GetDirectoryName(_binary.Value)! + "/.", _copy.Path]);
            await ChildProcess.RunAsync("chown", ["-R", "nobody", Data]);
        }

        return _copy.At(Path.GetFileName(_binary.Value));
    }

    private static string FindBinary()
    {
        var path = Environment.GetEnvironmentVariable("E2E_BINARY") is { Length: > 0 } named
            ? named
            : Path.Combine(Repository.Root, "artifacts", "e2e", "hearthkey", "hearthkey");
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no server at {path}: ./test e2e publishes it there.");
    }

    [GeneratedRegex(@"https?://\S*setup\S*", RegexOptions.IgnoreCase)]
    private static partial Regex SetupLinkPattern();
}
