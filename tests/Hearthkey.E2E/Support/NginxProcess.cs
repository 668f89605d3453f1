namespace Hearthkey.E2E.Support;

/// <summary>A real nginx in the foreground with a configuration of the test's own.</summary>
public sealed class NginxProcess : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ChildProcess _process;

    private NginxProcess(TempFolder folder, ChildProcess process)
    {
        _folder = folder;
        _process = process;
    }

    public string ErrorLog => Read("error.log");

    public string AccessLog => Read("access.log");

    /// <param name="http">What stands inside the <c>http</c> block: server blocks, maps.</param>
    /// <param name="ports">Ports that it must listen on before the test goes on.</param>
    public static async Task<NginxProcess> StartAsync(string http, params int[] ports)
    {
        var folder = new TempFolder("nginx");
        await File.WriteAllTextAsync(folder.At("nginx.conf"), Frame(http));
        var process = ChildProcess.Start("nginx", "/usr/sbin/nginx", ["-p", folder.Path, "-e", folder.At("error.log"), "-c", folder.At("nginx.conf"), "-g", "daemon off;"]);
        var nginx = new NginxProcess(folder, process);
        try
        {
            foreach (var port in ports) await Wait.ForPortAsync(port, process);
            return nginx;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            var reason = nginx.ErrorLog;
            await nginx.DisposeAsync();
            throw new InvalidOperationException($"nginx did not start: {e.Message}\n{reason}\n{http}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string Frame(string http) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 512; }
        http {
          access_log access.log;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
        {{http}}
        }
        """;

    private string Read(string name) => File.Exists(_folder.At(name)) ? File.ReadAllText(_folder.At(name)) : "";
}
