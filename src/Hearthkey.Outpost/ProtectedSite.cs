using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Outpost.Checks;
using Hearthkey.Outpost.Proxying;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>A provider with everything that its requests need, worked out once per configuration.</summary>
internal sealed class ProtectedSite
{
    private const int MostHosts = 1000;

    private readonly ForwardedUrl _authorize;
    private readonly ConcurrentDictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _hosts =
        new ConcurrentDictionary<string, long>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HostRules? _rules;
    private long _lastCheckReported = long.MinValue;

    private ProtectedSite(ProxyProvider provider, ForwardedUrl external, string domain, Upstream? upstream = null)
    {
        Upstream = upstream;
        HeaderNames = [.. provider.HeaderNames.All];
        Advice = upstream is null ? NginxDialect.Advice : ProxyEndpoint.Advice;
        Authority = external.Key.ToString();
        Provider = provider;
        External = external;
        Domain = domain;
        _rules = provider.Mode == ProxyMode.ForwardDomain && provider.HostRules.Count > 0 ? new HostRules(provider.HostRules) : null;
        var name = "authentik_proxy_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(provider.ClientId)))[..8];
        HostCookie = external.IsHttps ? "__Host-" + name : name;
        DomainCookie = name;
        StateCookie = HostCookie + "_login";
        RedirectUri = OutpostPaths.RedirectUri(provider.ExternalHost.Trim());
        _authorize = ForwardedUrl.TryParse(provider.AuthorizeUrl, out var authorize) ? authorize : default;
        ExternalOrigin = external.Origin(external.IsHttps);
        Jwks = Identity.Clean(provider.JwksUrl);
        OutpostName = Identity.Clean(provider.OutpostName);
        ProviderName = Identity.Clean(provider.Name);
        Application = Identity.Clean(provider.ApplicationSlug);
        MoreNames = string.Join(',', provider.InjectsAuthorization ? provider.HeaderNames.All.Append("Authorization") : provider.HeaderNames.All);
    }

    public ProxyProvider Provider { get; }
    public ForwardedUrl External { get; }
    public bool IsHttps => External.IsHttps;
    public bool IsProxied => Upstream is not null;
    public bool IsDomain => Provider.Mode == ProxyMode.ForwardDomain;

    /// <summary>Host, and port unless it is the scheme's own, as an application is told them.</summary>
    public string Authority { get; }

    /// <summary>Where requests are handed on to in proxy mode; null in all others.</summary>
    public Upstream? Upstream { get; }

    /// <summary>Further names under which the application is told who is there.</summary>
    public string[] HeaderNames { get; }

    /// <summary>What the application is told of each identity in proxy mode, ready to send; forgotten with the identity.</summary>
    public ConditionalWeakTable<Identity, KeyValuePair<string, string>[]> Told { get; } = [];

    /// <summary>The last request that was handed on failed there: a line that waits for the first one must not turn green.</summary>
    public bool IsUpstreamFailing { get; set; }

    /// <summary>Cookie domain without leading dot; empty in single mode.</summary>
    public string Domain { get; }

    /// <summary>Cookie that one host alone receives: <c>__Host-</c> wherever the browser speaks https.</summary>
    public string HostCookie { get; }

    /// <summary>Cookie with <c>Domain</c>, which no <c>__Host-</c> name may have.</summary>
    public string DomainCookie { get; }

    /// <summary>The browser's secret while a login is under way.</summary>
    public string StateCookie { get; }

    public string RedirectUri { get; }
    public string ExternalOrigin { get; }
    public StringValues Jwks { get; }
    public StringValues OutpostName { get; }
    public StringValues ProviderName { get; }
    public StringValues Application { get; }

    /// <summary>Further headers that the application is told by, joined with commas; blank for none.</summary>
    public string MoreNames { get; }

    /// <summary>What is written into the proxy that last asked for it.</summary>
    public Advice Advice { get; set; }

    /// <summary>Where the time of its requests is counted; found at the first one.</summary>
    public DurationSeries? Durations { get; set; }

    /// <summary>Null when the external host, or the domain or internal host that is needed, cannot be used.</summary>
    public static ProtectedSite? TryCreate(ProxyProvider provider)
    {
        if (!ForwardedUrl.TryParse(provider.ExternalHost.Trim(), out var external) || provider.CookieKey.Length < 32)
            return null;
        if (provider.Mode == ProxyMode.Proxy)
            return Upstream.Read(provider) is { } upstream ? new ProtectedSite(provider, external, "", upstream) : null;
        if (provider.Mode != ProxyMode.ForwardDomain)
            return new ProtectedSite(provider, external, "");
        return HostText.TryCanonical(provider.CookieDomain.Trim().TrimStart('.'), out var domain)
            ? new ProtectedSite(provider, external, domain)
            : null;
    }

    /// <summary>Some of its hosts have rules of their own.</summary>
    public bool HasRules => _rules is not null;

    /// <summary>The rule of a host; null where it has none.</summary>
    public HostRule? RuleOf(in ForwardedUrl url) => _rules?.Find(url.HostName);

    /// <summary>True when the host is one that this provider covers.</summary>
    public bool Covers(in ForwardedUrl url) =>
        url.Key.SequenceEqual(External.Key) || (IsDomain && HostText.IsWithin(url.HostName, Domain));

    /// <summary>True for the address that every login leads to, whatever port the proxy wrote: to return there is to go round for ever.</summary>
    public bool IsAuthorization(in ForwardedUrl url) =>
        url.IsSet && _authorize.IsSet && url.HostName.SequenceEqual(_authorize.HostName) && url.PathAndQuery.StartsWith(_authorize.PathAndQuery);

    /// <summary>Bytes of the headers that are the same for everybody, names included.</summary>
    public int FixedHeaderBytes() =>
        400 + Jwks.ToString().Length + OutpostName.ToString().Length + ProviderName.ToString().Length + Application.ToString().Length;

    /// <summary>True once every ten seconds: enough for a line that waits for the first request, too little to cost anything.</summary>
    public bool ShouldReportCheck(long now, long frequency)
    {
        var last = Volatile.Read(ref _lastCheckReported);
        return (last == long.MinValue || now - last > frequency * 10)
            && Interlocked.CompareExchange(ref _lastCheckReported, now, last) == last;
    }

    /// <summary>
    /// True where a check came for a host of the domain that none came for in the last ten minutes: a busy host must not hide a quiet one. Own
    /// choice of a bound: a stranger may make names up, and a house has no thousand.
    /// </summary>
    public bool IsNewHost(in ForwardedUrl url, long now, long frequency)
    {
        if (!IsDomain || (_hosts.TryGetValue(url.Key, out var last) && now - last < frequency * 600))
            return false;
        if (_hosts.Dictionary.Count >= MostHosts)
            _hosts.Dictionary.Clear();
        _hosts[url.Key] = now;
        return true;
    }

    /// <summary>After a problem the next good check is told at once.</summary>
    public void ForgetCheckReport() => Volatile.Write(ref _lastCheckReported, long.MinValue);
}
