using System.Collections.Frozen;
using Hearthkey.Outpost.Proxying;

namespace Hearthkey.Outpost;

/// <summary>
/// All providers, found by host in constant time. Immutable; build a new one for each change. A host is found by exact match first, then by
/// the longest cookie domain; there is no fallback for an unknown host.
/// </summary>
public sealed class OutpostConfiguration
{
    private static long _lastVersion;

    private readonly FrozenDictionary<string, ProtectedSite>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly FrozenDictionary<string, ProtectedSite>.AlternateLookup<ReadOnlySpan<char>> _byDomain;
    private readonly FrozenDictionary<string, ProtectedSite>.AlternateLookup<ReadOnlySpan<char>> _byNameWithPort;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _ownOrigins;

    /// <summary>Builds the lookup.</summary>
    /// <param name="providers">Every proxy provider, also those in no outpost: a request for one of them can then be explained.</param>
    /// <param name="ownOrigins">Origins of the login itself (base URL, brand domains), as URLs; a bare host has no port.</param>
    public OutpostConfiguration(IEnumerable<ProxyProvider> providers, IEnumerable<string> ownOrigins)
    {
        Version = Interlocked.Increment(ref _lastVersion);
        Dictionary<string, ProtectedSite> hosts = [];
        Dictionary<string, ProtectedSite> domains = [];
        Dictionary<string, ProtectedSite> withPort = [];
        List<ProxyProvider> unusable = [];
        // of two that claim one host, one that is served wins, then the older one: never the order of reading
        foreach (var provider in providers.OrderByDescending(p => p.IsAssignedToOutpost).ThenBy(p => p.Pk))
        {
            if (ProtectedSite.TryCreate(provider) is not { } site || !hosts.TryAdd(site.External.Key.ToString(), site))
            {
                unusable.Add(provider);
                continue;
            }
            if (site.External.Port != 0 && !site.IsDomain)
                withPort.TryAdd(site.External.HostName.ToString(), site);
            if (site.IsDomain)
                domains.TryAdd(site.Domain, site);
        }
        Unusable = unusable;
        Upstreams = hosts.Values.Select(s => s.Upstream).OfType<Upstream>().ToFrozenSet();
        _byHost = hosts.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _byDomain = domains.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _byNameWithPort = withPort.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _ownOrigins = ownOrigins.Select(KeyOf).OfType<string>().ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Nothing is protected.</summary>
    public static OutpostConfiguration Empty { get; } = new([], []);

    /// <summary>Unique in the process and rising; identities worked out under another version are asked for again.</summary>
    public long Version { get; }

    /// <summary>
    /// Providers that cannot be served: no usable external host, internal host, cookie domain or key, or a host that another provider has already.
    /// </summary>
    public IReadOnlyList<ProxyProvider> Unusable { get; }

    /// <summary>Where providers in proxy mode hand requests on to.</summary>
    internal FrozenSet<Upstream> Upstreams { get; }

    /// <summary>The provider of this URL's host, or null.</summary>
    public ProxyProvider? FindProvider(in ForwardedUrl url) => Find(url)?.Provider;

    /// <summary>True where a request for this URL without a session is refused or led to the login: it is a provider's that is served, and no path that is open on purpose.</summary>
    public bool NeedsLogin(in ForwardedUrl url) =>
        Find(url) is { Provider.IsAssignedToOutpost: true } site && RequestPath.TryNormalize(url.PathAndQuery, out var path) && !Gate.IsOpen(site, url, path);

    /// <summary>True when the host is one of the login itself.</summary>
    public bool IsOwnOrigin(in ForwardedUrl url) => url.IsSet && _ownOrigins.Contains(url.Key);

    /// <summary>True for the host, with its port unless it is the scheme's own, of a provider.</summary>
    internal bool Serves(string host) => _byHost.ContainsKey(host);

    internal ProtectedSite? Find(in ForwardedUrl url)
    {
        if (!url.IsSet)
            return null;
        if (_byHost.TryGetValue(url.Key, out var site))
            return site;
        // a name that an application has with a port is no other host of the domain: its port was lost
        if (_byDomain.Dictionary.Count == 0 || IsWithoutItsPort(url))
            return null;
        // from the whole name to its last label: the longest domain is met first
        for (var name = url.HostName; !name.IsEmpty;)
        {
            if (_byDomain.TryGetValue(name, out site))
                return site;
            var dot = name.IndexOf('.');
            name = dot < 0 ? default : name[(dot + 1)..];
        }
        return null;
    }

    /// <summary>The application that would be meant if the port were not missing.</summary>
    internal ProtectedSite? FindIgnoringPort(in ForwardedUrl url) =>
        url.IsSet && _byNameWithPort.TryGetValue(url.HostName, out var site) ? site : null;

    private bool IsWithoutItsPort(in ForwardedUrl url) =>
        url.Port == 0 && _byNameWithPort.Dictionary.Count > 0
        && _byNameWithPort.TryGetValue(url.HostName, out var site) && site.IsHttps == url.IsHttps;

    private static string? KeyOf(string origin)
    {
        var text = origin.Contains("://", StringComparison.Ordinal) ? origin : "https://" + origin;
        return ForwardedUrl.TryParse(text, out var url) ? url.Key.ToString() : null;
    }
}
