using System.Globalization;
using Hearthkey.Bench.Load;
using Hearthkey.Bench.Measures;
using Hearthkey.Bench.Native;
using Hearthkey.Bench.Processes;

namespace Hearthkey.Bench.Hosts;

/// <summary>Something that hands requests on to the application, with the process that asks it.</summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private readonly BenchProcess _host;
    private readonly BenchProcess _load;
    private readonly int _port;
    private readonly bool _isNamed;
    private int _seed = 1;

    private ProxyServer(BenchProcess host, BenchProcess load, int port, bool isNamed) =>
        (_host, _load, _port, _isNamed) = (host, load, port, isNamed);

    public Samples CpuMicroseconds { get; } = new();

    /// <summary>Microseconds that one page in a hundred took longer than.</summary>
    public Samples P99 { get; } = new();

    public long Errors { get; private set; }

    public long Count { get; private set; }

    /// <summary>The server in proxy mode, with this plan in its database.</summary>
    public static async Task<ProxyServer> StartAsync(HostPlan plan, string upstream)
    {
        var folder = Repository.NewFolder("proxy");
        var sites = Path.Combine(folder, "sites.txt");
        var (hosts, sessions) = (plan.Hosts.ToString(CultureInfo.InvariantCulture), plan.Sessions.ToString(CultureInfo.InvariantCulture));
        await using (await BenchProcess.StartOwnAsync(Preparation.Command, folder, sites, hosts, sessions, upstream))
        {
        }
        var host = await BenchProcess.StartOwnAsync(ServerHost.Command, folder);
        return new(host, await BenchProcess.StartOwnAsync(ProxyLoad.Command, sites, sessions), PortOf(host), true);
    }

    /// <summary>YARP alone, asked the same questions.</summary>
    public static async Task<ProxyServer> StartYarpAsync(ProxyServer like, string upstream)
    {
        var host = await BenchProcess.StartOwnAsync(YarpHost.Command, upstream);
        return new(host, like._load, PortOf(host), false);
    }

    /// <summary>nginx with kept connections, in one process; null where there is none on this machine.</summary>
    public static async Task<ProxyServer?> StartNginxAsync(ProxyServer like, string upstream)
    {
        if (!File.Exists("/usr/sbin/nginx")) return null;
        var (folder, port) = (Repository.NewFolder("nginx-proxy"), NativeServer.FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; master_process off; pid nginx.pid; error_log error.log;
            events { worker_connections 512; }
            http {
              access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              upstream app { server {{new Uri(upstream).Authority}}; keepalive 16; }
              server { listen 127.0.0.1:{{port}}; keepalive_requests 1000000; location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; } }
            }
            """);
        var host = BenchProcess.Start("/usr/sbin/nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", Path.Combine(folder, "error.log")]);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        return new(host, like._load, port, false);
    }

    /// <summary>Lets the runtime compile what is hot, and brings the sessions into memory.</summary>
    public async Task WarmAsync(int requests)
    {
        for (var i = 0; i < 3; i++) (await RunAsync(requests)).Faultless();
    }

    /// <summary>One measured run.</summary>
    public async Task MeasureAsync(int requests)
    {
        var cpu = _host.Cpu();
        var result = await RunAsync(requests);
        CpuMicroseconds.Add((_host.Cpu() - cpu).TotalMicroseconds / requests);
        P99.Add(result.P99);
        Errors += result.Errors;
        Count += result.Requests;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _load.DisposeAsync();
    }

    private Task<LoadResult> RunAsync(int requests) => ProxyLoad.AskAsync(_load, _port, requests, _seed++, _isNamed);

    private static int PortOf(BenchProcess host) => int.Parse(host.Ready[0], CultureInfo.InvariantCulture);
}
