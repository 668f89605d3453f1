using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Connect;

/// <summary>The nginx inside the stand-in: one file a host, tested before it is taken, reloaded afterwards.</summary>
public sealed class NpmNginx : IAsyncDisposable
{
    private readonly TempFolder _folder = new("npm");
    private readonly TestCertificate _certificate = new("npm.home.test");
    private ChildProcess? _process;

    public int Port { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    public string ErrorLog => File.Exists(_folder.At("error.log")) ? File.ReadAllText(_folder.At("error.log")) : "";

    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder.At("hosts"));
        await File.WriteAllTextAsync(_folder.At("nginx.conf"), Frame());
        await File.WriteAllTextAsync(_folder.At("proxy.conf"), """
            add_header X-Served-By $host;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_pass $forward_scheme://$server:$port$request_uri;
            """);
        // as its switch "Cache Assets" does: a location of its own, with header lines of its own, cached for everybody
        await File.WriteAllTextAsync(_folder.At("assets.conf"), """
            location ~* \.(css|js|jpg|png|gif|svg|ico|woff2)$ {
              proxy_cache assets;
              proxy_cache_key $host$request_uri;
              proxy_ignore_headers Set-Cookie Cache-Control Expires;
              proxy_cache_valid any 30m;
              include proxy.conf;
            }
            """);
        // as its switch "Block Common Exploits" does
        await File.WriteAllTextAsync(_folder.At("exploits.conf"), """
            set $is_injection 0;
            if ($query_string ~ "[a-zA-Z0-9_]=http://") { set $is_injection 1; }
            if ($is_injection = 1) { return 403; }
            """);
        _process = ChildProcess.Start("npm nginx", "/usr/sbin/nginx", [.. Arguments, "-g", "daemon off;"]);
        await Wait.ForPortAsync(Port, _process);
    }

    /// <summary>Takes a host's block; what nginx says against it, or null.</summary>
    public async Task<string?> ConfigureAsync(NpmHost host)
    {
        var file = _folder.At($"hosts/{host.Id}.conf");
        await File.WriteAllTextAsync(file, host.Render(Port, TlsPort, $"ssl_certificate {_certificate.ChainPath}; ssl_certificate_key {_certificate.KeyPath};"));
        string? error = null;
        try
        {
            await ChildProcess.RunAsync("/usr/sbin/nginx", ["-t", .. Arguments]);
        }
        catch (InvalidOperationException refused)
        {
            error = refused.Message;
            File.Delete(file);
        }
        await ChildProcess.RunAsync("/usr/sbin/nginx", ["-s", "reload", .. Arguments]);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private string[] Arguments => ["-p", _folder.Path, "-e", _folder.At("error.log"), "-c", _folder.At("nginx.conf")];

    private string Frame() => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          proxy_cache_path cache keys_zone=assets:1m;
          server { listen {{Port}} default_server; return 404; }
          include hosts/*.conf;
        }
        """;
}
