using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Hearthkey.E2E.Support;

/// <summary>
/// The API client that is generated for this API (npm <c>@goauthentik/api</c>), in a node process that lives as long as the scenario.
/// Every answer is checked against the API description in that package.
/// </summary>
public sealed class NodeClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    // arguments keep the names that the test wrote; what is null is not sent
    private static readonly JsonSerializerOptions _plain = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly StringBuilder _errors = new();

    private NodeClient(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => { lock (_errors) _errors.AppendLine(line.Data); };
    }

    /// <param name="server">Root address of the server.</param>
    /// <param name="token">API token that each call carries unless it names another; null for none.</param>
    /// <param name="hosts">Names that stand for this machine.</param>
    public static NodeClient Start(Uri server, string? token, HostMap? hosts = null)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Hearthkey.E2E", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) throw new DirectoryNotFoundException($"Run npm ci in {folder}; ./test does.");
        var start = new ProcessStartInfo("node", "api.mjs")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["SETTINGS"] = JsonSerializer.Serialize(new { Base = server.ToString(), token, Hosts = (hosts ?? new HostMap()).Rules }, _json);
        var client = new NodeClient(new Process { StartInfo = start });
        client._process.Start();
        client._process.BeginErrorReadLine();
        return client;
    }

    /// <summary>
    /// Calls a method of the client: <c>CallAsync("coreApi.coreUsersList", new { search = "a" })</c>; names as the client has them.
    /// The token is another API token for this call; empty for none.
    /// </summary>
    public Task<ApiAnswer> CallAsync(string method, object? arguments = null, string? token = null) =>
        RunAsync(Step(token, "call", method, "args", arguments ?? new { }));

    /// <summary>Sends a request of the test's own, for what the client would not let through; the path starts below /api/v3.</summary>
    public Task<ApiAnswer> RequestAsync(string method, string path, object? body = null, object? headers = null, string? token = null) =>
        RunAsync(Step(token, "request", new { method, path, body, headers = headers ?? new { } }));

    /// <summary>The same with a body that need not be JSON.</summary>
    public Task<ApiAnswer> RequestTextAsync(string method, string path, string text, string contentType = "application/json", string? token = null) =>
        RunAsync(Step(token, "request", new { method, path, text, headers = new Dictionary<string, string> { ["content-type"] = contentType } }));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
        _turn.Dispose();
    }

    private static JsonObject Step(string? token, params object[] pairs)
    {
        var step = new JsonObject();
        for (var i = 0; i < pairs.Length; i += 2) step[(string)pairs[i]] = JsonSerializer.SerializeToNode(pairs[i + 1], _plain);
        if (token is not null) step["token"] = token;
        return step;
    }

    private async Task<ApiAnswer> RunAsync(JsonObject step)
    {
        await _turn.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(step.ToJsonString());
            await _process.StandardInput.FlushAsync();
            var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience, TimeProvider.System);
            if (line is null)
            {
                lock (_errors) throw new InvalidOperationException($"The node client ended:\n{_errors}");
            }

            return ApiAnswer.Read(JsonNode.Parse(line)!);
        }
        finally
        {
            _turn.Release();
        }
    }
}
