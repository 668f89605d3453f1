using System.Net;
using System.Net.Sockets;
using Hearthkey.Bench.Native;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Hosts;

/// <summary>A real nginx that asks a host before it serves an empty page, on connections to it that stay open.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    private readonly BenchProcess _process;

    private NginxFront(BenchProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<NginxFront> StartAsync(int checkPort)
    {
        var port = NativeServer.FreePort();
        var folder = Repository.NewFolder($"nginx-{port}");
        await File.WriteAllTextAsync(Path.Combine(folder, "page"), "");
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log;
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              keepalive_requests 1000000;
              upstream check { server 127.0.0.1:{{checkPort}}; keepalive 32; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:{{port}};
                root {{folder}};
                location / {
                  auth_request /outpost.goauthentik.io/auth/nginx;
                  auth_request_set $username $upstream_http_x_authentik_username;
                  add_header X-authentik-username $username;
                  try_files /page =404;
                }
                location /outpost.goauthentik.io {
                  internal;
                  proxy_pass http://check;
                  proxy_http_version 1.1;
                  proxy_pass_request_body off;
                  proxy_set_header Content-Length "";
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Original-URL https://$http_host$request_uri;
                }
              }
            }
            """);
        var process = BenchProcess.Start("/usr/sbin/nginx", ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", file]);
        while (!Listens(port))
        {
            if (process.HasEnded) throw new InvalidOperationException(process.Log + await File.ReadAllTextAsync(Path.Combine(folder, "error.log")));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        return new(process, port);
    }

    public TimeSpan Cpu() => _process.Cpu();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static bool Listens(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
