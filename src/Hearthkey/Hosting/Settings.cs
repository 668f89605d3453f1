using System.Net;

namespace Hearthkey.Hosting;

/// <summary>
/// What the process is told by its environment, read once at start. Every name stands under <c>HEARTHKEY_</c> or
/// <c>AUTHENTIK_</c> (the former wins), <c>__</c> nests; a value <c>file:///path</c> is read from that file, <c>env://NAME</c> from that variable.
/// </summary>
public sealed record Settings
{
    /// <summary><c>LISTEN__HTTP</c>: where plain HTTP is served, <c>host:port</c>. Default <c>*:9000</c>, as authentik.</summary>
    public ListenAddress Http { get; init; } = new(null, 9000, false);

    /// <summary><c>LISTEN__HTTPS</c>: where HTTPS is served, <c>host:port</c>. Default <c>*:9443</c>, with the self-signed certificate of the first start.</summary>
    public ListenAddress Https { get; init; } = new(null, 9443, false);

    /// <summary><c>LISTEN__METRICS</c>: where <c>/metrics</c> is served. Default <c>127.0.0.1:9300</c>: it has no login of its own.</summary>
    public ListenAddress Metrics { get; init; } = new(IPAddress.Loopback, 9300, false);

    /// <summary>
    /// <c>LISTEN__TRUSTED_PROXY_CIDRS</c>: comma-separated networks whose forwarded headers are believed. Default: loopback and the
    /// private ranges (RFC 1918, RFC 4193, RFC 4291 link-local), because a home's proxy stands in one of them.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = DefaultTrustedProxies;

    /// <summary>
    /// The proxies were named by the setting. What a network that is only trusted by default says of an address lets nobody through anywhere
    /// (DESIGN 6.2): any machine in the house could say it.
    /// </summary>
    public bool AreProxiesPinned { get; init; }

    /// <summary><c>DATA</c>: folder of the database, the master key and files. Default <c>./data</c>; made at first start, readable by its owner only.</summary>
    public string DataFolder { get; init; } = "./data";

    /// <summary><c>SECRET_KEY</c>: the master key's text. Default: <c>DATA/secret.key</c>, made at first start. At least 32 characters.</summary>
    public string? SecretKey { get; init; }

    /// <summary><c>POSTGRESQL__HOST</c>, <c>PORT</c>, <c>NAME</c>, <c>USER</c>, <c>PASSWORD</c>, <c>SSLMODE</c>, <c>SSLROOTCERT</c> as one connection text; null means SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary><c>WEB__BASE_URL</c>: the address people use, <c>https://auth.example.com</c>. Default: adopted during setup. Set here it wins and is shown locked.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary><c>BOOTSTRAP_PASSWORD</c>: password of <c>akadmin</c> at the first start; then no setup link is printed. Default: none.</summary>
    public string? BootstrapPassword { get; init; }

    /// <summary><c>BOOTSTRAP_TOKEN</c>: key of an API token of <c>akadmin</c> made at the first start. Default: none.</summary>
    public string? BootstrapToken { get; init; }

    /// <summary><c>BOOTSTRAP_EMAIL</c>: e-mail address of <c>akadmin</c> at the first start. Default: none.</summary>
    public string? BootstrapEmail { get; init; }

    /// <summary><c>LOG_LEVEL</c>: trace, debug, info, warning or error. Default info.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// <c>STALE_MAX</c>: how long a session that is known is honoured while the database is away, as <c>minutes=5</c>. Default 5 minutes
    /// (own choice: a database restart or failover takes less), <c>seconds=0</c> is strict.
    /// </summary>
    public TimeSpan StaleMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>DOCKER__SOCKET</c>: the Docker engine's socket, such as <c>/var/run/docker.sock</c>, to find apps by the labels of containers. Default: none, off.</summary>
    public string? DockerSocket { get; init; }

    /// <summary>
    /// <c>DOCKER__PROTECT</c>: <c>true</c> protects containers with the label <c>hearthkey.enable=true</c> by themselves. Default <c>false</c>: they
    /// are listed, and one click protects them.
    /// </summary>
    public bool DockerProtects { get; init; }

    internal static IReadOnlyList<IPNetwork> DefaultTrustedProxies { get; } =
        [.. "127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fe80::/10 fc00::/7".Split(' ').Select(IPNetwork.Parse)];
}
