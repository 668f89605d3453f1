using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// The pooled connections to the applications behind proxy mode: one pool for each address and way of checking its certificate. Those that no
/// provider names any more are closed a minute after the change, when what was under way on them has mostly ended.
/// </summary>
internal sealed class Upstreams(TimeProvider time) : IDisposable
{
    /// <summary>Own choice: an application that does not even take a connection is told to be away before people give up.</summary>
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Own choice: a container that came back under another address is found again.</summary>
    private static readonly TimeSpan _connectionLife = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _afterlife = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Upstream, HttpMessageInvoker> _pools = new();
    private readonly CancellationTokenSource _end = new();
    private long _version;

    /// <summary>Pools that are open, for tests.</summary>
    internal int Count => _pools.Count;

    public HttpMessageInvoker Find(OutpostConfiguration configuration, Upstream upstream)
    {
        var seen = Volatile.Read(ref _version);
        if (seen < configuration.Version && Interlocked.CompareExchange(ref _version, configuration.Version, seen) == seen)
            Retire(configuration);
        return _pools.GetOrAdd(upstream, Open);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        foreach (var pool in _pools.Values)
            pool.Dispose();
    }

    private void Retire(OutpostConfiguration configuration)
    {
        foreach (var (upstream, pool) in _pools)
        {
            if (!configuration.Upstreams.Contains(upstream) && _pools.TryRemove(new(upstream, pool)))
                _ = CloseAsync(pool, _end.Token);
        }
    }

    private async Task CloseAsync(HttpMessageInvoker pool, CancellationToken ct)
    {
        await Task.Delay(_afterlife, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        pool.Dispose();
    }

    private static HttpMessageInvoker Open(Upstream upstream)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = _connectTimeout,
            PooledConnectionLifetime = _connectionLife,
            // bytes go through as they came; what Kestrel writes back is UTF-8
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(upstream, certificate, errors);
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    // it is asked for by the external name, as Host is; one that is good for the address itself is as good
    private static bool IsTrusted(Upstream upstream, X509Certificate? certificate, SslPolicyErrors errors) =>
        !upstream.IsCertificateChecked || errors == SslPolicyErrors.None
        || (errors == SslPolicyErrors.RemoteCertificateNameMismatch && certificate is X509Certificate2 full
            && full.MatchesHostname(upstream.HostName, allowWildcards: true, allowCommonName: false));
}
