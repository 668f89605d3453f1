using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>A real nginx, Caddy, HAProxy or Apache on a free port, with texts as they are shipped.</summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ReverseProxy(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <param name="proxy"><c>nginx</c>, <c>npm</c> (its nginx), <c>caddy</c>, <c>haproxy</c> or <c>apache</c>.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="sites">The host names that it serves, with the text of each.</param>
    public static async Task<ReverseProxy> StartAsync(string proxy, int port, params (string Host, ProxyText Text)[] sites)
    {
        var folder = global::System.IO.Directory.CreateTempSubdirectory(proxy + "-").FullName;
        foreach (var companion in sites.Select(s => s.Text.Companion).OfType<(string Name, string Text)>().Distinct())
            await File.WriteAllTextAsync(Path.Combine(folder, companion.Name), companion.Text, ProviderSite.Ct);
        var file = Path.Combine(folder, "proxy.conf");
        await File.WriteAllTextAsync(file, ProxyFiles.Write(proxy, folder, port, sites), ProviderSite.Ct);
        if (proxy == "apache" && Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", "www-data", folder]);
            await chown.WaitForExitAsync(ProviderSite.Ct);
        }
        var (program, arguments) = ProxyFiles.Command(proxy, folder, file);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = folder;
        var started = new ReverseProxy(Process.Start(start)!, folder, port);
        var output = started.ReadAsync();
        await started.ReadyAsync(proxy, output);
        return started;
    }

    /// <summary>An nginx whose one server block has this content.</summary>
    public static Task<ReverseProxy> NginxAsync(int port, string text) => StartAsync("nginx", port, ("localhost", new ProxyText("nginx", "nginx", "", text, null)));

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    // read all the time, or a talkative one stops
    private async Task<string> ReadAsync()
    {
        var both = await Task.WhenAll(_process.StandardError.ReadToEndAsync(CancellationToken.None), _process.StandardOutput.ReadToEndAsync(CancellationToken.None));
        return string.Concat(both);
    }

    private async Task ReadyAsync(string proxy, Task<string> output)
    {
        for (var i = 0; i < 400; i++)
        {
            if (_process.HasExited) throw new InvalidOperationException($"{proxy}: {await output}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, ProviderSite.Ct);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(25, ProviderSite.Ct);
            }
        }
        throw new InvalidOperationException(proxy + " does not listen");
    }
}
