namespace Hearthkey.E2E.Support;

/// <summary>A real Apache with mod_auth_openidc in the foreground: a certified relying party.</summary>
public sealed class ApacheProcess : IAsyncDisposable
{
    private static readonly string[] _modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "alias", "proxy", "proxy_http", "headers", "auth_openidc"];

    private readonly TempFolder _folder;
    private readonly ChildProcess _process;

    private ApacheProcess(TempFolder folder, ChildProcess process)
    {
        _folder = folder;
        _process = process;
    }

    public string ErrorLog => File.Exists(_folder.At("error.log")) ? File.ReadAllText(_folder.At("error.log")) : "";

    /// <param name="port">Where it listens.</param>
    /// <param name="site">Directives at server level, such as <see cref="RelyingParty.ToDirectives"/>.</param>
    public static async Task<ApacheProcess> StartAsync(int port, string site)
    {
        var folder = new TempFolder("apache");
        await File.WriteAllTextAsync(folder.At("httpd.conf"), $"""
            ServerRoot {folder.Path}
            ServerName 127.0.0.1
            Listen 127.0.0.1:{port}
            PidFile httpd.pid
            DefaultRuntimeDir {folder.Path}
            Mutex file:{folder.Path}
            ErrorLog error.log
            LogLevel warn auth_openidc:info
            {string.Join("\n", _modules.Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}
            {(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}
            StartServers 1
            ThreadsPerChild 16
            MaxRequestWorkers 16
            {site}
            """);
        if (Environment.IsPrivilegedProcess) await ChildProcess.RunAsync("chown", ["-R", "www-data", folder.Path]);
        var apache = new ApacheProcess(folder, ChildProcess.Start("apache2", "/usr/sbin/apache2", ["-d", folder.Path, "-f", folder.At("httpd.conf"), "-DFOREGROUND"]));
        try
        {
            await Wait.ForPortAsync(port, apache._process);
            return apache;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            var reason = apache.ErrorLog;
            await apache.DisposeAsync();
            throw new InvalidOperationException($"Apache did not start: {e.Message}\n{reason}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
