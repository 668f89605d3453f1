using Hearthkey.ForwardAuth;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>What stands around our texts in a proxy's own file, and how the proxy is started with it.</summary>
internal static class ProxyFiles
{
    private static readonly string[] _apacheModules =
        ["mpm_event", "authn_core", "authz_core", "setenvif", "proxy", "proxy_http", "lua"];

    public static string Write(string proxy, string folder, int port, (string Host, ProxyText Text)[] sites) => proxy switch
    {
        "nginx" or "npm" => Nginx(folder, port, sites),
        "caddy" => Caddy(sites),
        "haproxy" => Haproxy(folder, port, sites),
        _ => Apache(folder, port, sites),
    };

    public static (string Program, string[] Arguments) Command(string proxy, string folder, string file) => proxy switch
    {
        "nginx" or "npm" => ("/usr/sbin/nginx", ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", file]),
        "caddy" => ("/usr/bin/caddy", ["run", "--config", file, "--adapter", "caddyfile"]),
        "haproxy" => ("/usr/sbin/haproxy", ["-db", "-f", file]),
        _ => ("/usr/sbin/apache2", ["-d", folder, "-f", file, "-DFOREGROUND"]),
    };

    /// <summary>The text of a host that leads to an application without a question.</summary>
    public static ProxyText Unprotected(string proxy, int port, string host, string app) => new(proxy, proxy, "", proxy switch
    {
        "caddy" => $"http://{host}:{port} {{\n\treverse_proxy {app}\n}}",
        "haproxy" => $"    use_backend {host} if {{ req.hdr(host),field(1,:) -i {host} }}\n\nbackend {host}\n    server app {new Uri(app).Authority}\n",
        "apache" => $"AllowEncodedSlashes NoDecode\nProxyPreserveHost On\nProxyPass / {app}/ nocanon",
        _ when TextProxy.Speaks(proxy) => app,
        _ => $"location / {{ proxy_pass {app}; proxy_set_header Host $http_host; }}",
    }, null);

    /// <summary>
    /// What Nginx Proxy Manager has before the Advanced text: the target, and its switches "Cache Assets" and "Websockets Support". It has no
    /// <c>location /</c> of its own where the text has one.
    /// </summary>
    public static string Npm(string app, string text) => $$"""
        set $forward_scheme http;
        set $server "127.0.0.1";
        set $port {{new Uri(app).Port}};
        location ~* \.(css|js|png)$ { proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; proxy_pass $forward_scheme://$server:$port$request_uri; }
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $http_connection;
        proxy_http_version 1.1;
        {{text}}
        """;

    private static string Nginx(string folder, int port, (string Host, ProxyText Text)[] sites) => $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        pid {{folder}}/pid;
        error_log {{folder}}/error.log;
        events { worker_connections 64; }
        http {
          access_log off;
          client_max_body_size 0;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
        {{string.Join('\n', sites.Select(s => $"server {{\nlisten 127.0.0.1:{port};\nserver_name {s.Host};\n{s.Text.Text}\n}}"))}}
        }
        """;

    private static string Caddy((string Host, ProxyText Text)[] sites) => $$"""
        {
          admin off
          auto_https off
          default_bind 127.0.0.1
        }
        {{string.Join('\n', sites.Select(s => s.Text.Text))}}
        """;

    // of two texts in one frontend the lines come first, and the backend that they share counts once
    private static string Haproxy(string folder, int port, (string Host, ProxyText Text)[] sites)
    {
        var parts = sites.Select(s => s.Text.Text.Split("\nbackend ")).ToList();
        return $"""
            global
              lua-load {folder}/hearthkey.lua
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 30s
              timeout tunnel 30s
            frontend web
              bind 127.0.0.1:{port}
            {string.Join('\n', parts.Select(p => p[0]))}

            {string.Join("\n", parts.SelectMany(p => p.Skip(1)).Distinct().Select(b => "backend " + b))}

            """;
    }

    private static string Apache(string folder, int port, (string Host, ProxyText Text)[] sites) => $"""
        ServerRoot {folder}
        ServerName 127.0.0.1
        Listen 127.0.0.1:{port}
        PidFile httpd.pid
        DefaultRuntimeDir {folder}
        Mutex file:{folder}
        ErrorLog error.log
        {string.Join("\n", _apacheModules.Concat(sites.Any(s => s.Text.Text.Contains("SSLProxyEngine", StringComparison.Ordinal)) ? ["ssl"] : []).Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}
        {(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}
        StartServers 1
        ThreadsPerChild 16
        MaxRequestWorkers 16
        {string.Join("\n", sites.Select(s => $"<VirtualHost 127.0.0.1:{port}>\nServerName {s.Host}\n{s.Text.Text.Replace("/etc/apache2", folder, StringComparison.Ordinal)}\n</VirtualHost>"))}
        """;
}
