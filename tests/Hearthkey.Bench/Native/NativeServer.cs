using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Native;

/// <summary>The published binary on a data folder.</summary>
internal sealed class NativeServer : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    public const string Token = "bench-token-of-forty-characters-0123456789";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private NativeServer(BenchProcess process, Uri url, TimeSpan readyAfter) => (Process, Url, ReadyAfter) = (process, url, readyAfter);

    public BenchProcess Process { get; }

    public Uri Url { get; }

    /// <summary>From the moment it was started to the first 200 of <c>/-/health/ready/</c>.</summary>
    public TimeSpan ReadyAfter { get; }

    public static async Task<NativeServer> StartAsync(string binary, string folder, int port)
    {
        if (!File.Exists(binary))
            throw new InvalidOperationException($"There is no server at {binary}: ./test publishes it there, or name it with --binary.");
        var environment = new Dictionary<string, string>
        {
            ["HEARTHKEY_DATA"] = folder,
            ["HEARTHKEY_LISTEN__HTTP"] = $"127.0.0.1:{port}",
            ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
            ["HEARTHKEY_LISTEN__METRICS"] = "127.0.0.1:0",
            ["HEARTHKEY_WEB__BASE_URL"] = $"http://127.0.0.1:{port}",
            ["HEARTHKEY_BOOTSTRAP_PASSWORD"] = Password,
            ["HEARTHKEY_BOOTSTRAP_TOKEN"] = Token,
            ["HEARTHKEY_BOOTSTRAP_EMAIL"] = "akadmin@home.example",
        };
        var start = Stopwatch.GetTimestamp();
        var process = BenchProcess.Start(binary, [], environment, folder);
        while (!await IsReadyAsync(port))
        {
            if (process.HasEnded || Stopwatch.GetElapsedTime(start) > _patience) throw new InvalidOperationException($"{binary} does not become ready:\n{process.Log}");
        }
        return new(process, new Uri($"http://127.0.0.1:{port}"), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static async Task<bool> IsReadyAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /-/health/ready/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"));
            var answer = new byte[12];
            var got = await socket.ReceiveAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, got) == "HTTP/1.1 200";
        }
        catch (SocketException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            return false;
        }
    }
}
