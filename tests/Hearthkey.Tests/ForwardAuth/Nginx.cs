using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>A real nginx on a free port, with one server block that holds a text as it is shipped.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <param name="text">The server block's content, by the port it listens on.</param>
    public static async Task<Nginx> StartAsync(int port, string text)
    {
        var folder = global::System.IO.Directory.CreateTempSubdirectory("nginx-").FullName;
        var conf = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(conf, $$"""
            daemon off;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log;
            events { worker_connections 64; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}};
            {{text}}
              }
            }
            """, ProviderSite.Ct);
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", conf])
        {
            RedirectStandardError = true,
        })!;
        var nginx = new Nginx(process, folder, port);
        await nginx.ReadyAsync();
        return nginx;
    }

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

    private async Task ReadyAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            if (_process.HasExited) throw new InvalidOperationException("nginx: " + await _process.StandardError.ReadToEndAsync(ProviderSite.Ct));
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
        throw new InvalidOperationException("nginx does not listen");
    }
}
