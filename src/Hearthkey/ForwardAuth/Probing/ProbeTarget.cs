using System.Security.Cryptography;
using System.Text;
using Hearthkey.ForwardAuth.Live;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>A provider whose hosts are asked.</summary>
/// <param name="External">Its external host; null where that is the login's own, which nobody protects.</param>
/// <param name="Wiring">Changes whenever something does that decides what its hosts should answer.</param>
internal sealed record ProbeTarget(ServedProvider Provider, ForwardedUrl Address, string? External, string Wiring)
{
    /// <summary>The providers that are served and not left out.</summary>
    public static IReadOnlyList<ProbeTarget> Of(Snapshot snapshot)
    {
        var part = snapshot.Get<ForwardAuthPart>();
        List<ProbeTarget> all = [];
        foreach (var row in snapshot.Get<ProxyTable>().All)
        {
            if (row.SkipSelfProbe || part.Find(row.Pk) is not { } provider || provider.Obstacle(part.Base) is not null) continue;
            if (!ForwardedUrl.TryParse(row.ExternalHost, out var address)) continue;
            all.Add(new(provider, address, part.Configuration.IsOwnOrigin(address) ? null : address.Origin(address.IsHttps), WiringOf(row, snapshot.Get<ProxyTable>().Hosts[row.Pk])));
        }
        return all;
    }

    public long Pk => Provider.Row.Pk;

    /// <summary>Whether a host that a check named is asked: one of this domain, at the external host's own port, and not the login's own.</summary>
    public bool Takes(OutpostConfiguration configuration, string origin) =>
        origin != External && Provider.Row.Mode == ProxyProviders.Domain && ForwardedUrl.TryParse(origin, out var url)
        && url.IsHttps == Address.IsHttps && url.Port == Address.Port && !configuration.IsOwnOrigin(url)
        && configuration.FindProvider(url)?.Pk == Provider.Live.Pk;

    private static string WiringOf(ProxyProvider row, IEnumerable<ProxyHost> hosts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [row.Mode, row.ExternalHost, row.CookieDomain, row.SkipPathRegex, .. hosts.Select(h => $"{h.Host} {h.Open} {h.SkipPathRegex}")]))))[..16];
}
