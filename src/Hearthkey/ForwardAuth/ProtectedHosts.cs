using Hearthkey.ForwardAuth.Live;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>Which provider answers for a host, by the configuration in force.</summary>
public sealed class ProtectedHosts(Snapshots snapshots)
{
    /// <summary>The providers that cover a whole domain.</summary>
    public IReadOnlyList<ProtectedHost> Domains =>
        [.. snapshots.Current.Get<ProxyTable>().All.Where(p => p.Mode == ProxyProviders.Domain).Select(p => Find(p.Pk)).OfType<ProtectedHost>()];

    /// <summary>Scheme and host in the one way in which they are compared; null where the text is no address of a host.</summary>
    public static string? Normalize(string origin) =>
        ForwardedUrl.TryParse(origin, out var url) && url.PathAndQuery is ("" or "/") ? url.Origin(url.IsHttps) : null;

    /// <summary>True for the domain itself and all below it. A star stands for one label, which lies below as well.</summary>
    public static bool IsWithin(string origin, string domain) =>
        ForwardedUrl.TryParse(origin.Replace("*.", "any.", StringComparison.Ordinal), out var url) && url.HostName.ToString() is var host && domain.TrimStart('.') is var name
        && (host == name || host.EndsWith("." + name, StringComparison.Ordinal));

    /// <summary>The provider of a host: its own, or that of its domain; null where there is none.</summary>
    public ProtectedHost? Find(string origin) =>
        ForwardedUrl.TryParse(origin, out var url) && snapshots.Current.Get<ForwardAuthPart>().Configuration.FindProvider(url) is { } provider ? Find(provider.Pk) : null;

    public ProtectedHost? Find(long pk)
    {
        var part = snapshots.Current.Get<ForwardAuthPart>();
        return part.Find(pk) is { } provider
            ? new(provider.Row.Pk, provider.Row.Name, provider.Row.Mode, provider.Row.ExternalHost, provider.Live.CookieDomain,
                provider.Application?.Slug, provider.Obstacle(part.Base) is null)
            : null;
    }

    /// <summary>What the applications of some hosts are told, for a text that serves them all.</summary>
    /// <param name="origins">The hosts.</param>
    /// <param name="providers">Providers that protect them beside those that are found by their hosts.</param>
    public ToldHeaders Told(IReadOnlyCollection<string> origins, IEnumerable<long> providers)
    {
        var part = snapshots.Current.Get<ForwardAuthPart>();
        var found = origins.Select(origin => (Origin: origin, Pk: Find(origin)?.Pk)).ToList();
        var rows = providers.Concat(found.Select(f => f.Pk).OfType<long>()).Distinct().Select(part.Find).OfType<ServedProvider>().ToDictionary(p => p.Row.Pk, p => p.Row);
        var told = ToldHeaders.Union(rows.Values);
        return !told.HasBasic ? told : told with
        {
            HostsWithOwnLogin = [.. found.Where(f => f.Pk is { } pk && rows.TryGetValue(pk, out var row) && !row.BasicAuthEnabled).Select(f => new Uri(f.Origin).IdnHost)],
        };
    }

    /// <summary>The login's own address; null as long as there is none.</summary>
    public string? BaseUrl => snapshots.Current.Get<ForwardAuthPart>().Base?.ToString();

    /// <summary>True for a host of the login itself, which nobody must protect.</summary>
    public bool IsOwn(string origin) => ForwardedUrl.TryParse(origin, out var url) && snapshots.Current.Get<ForwardAuthPart>().Configuration.IsOwnOrigin(url);
}

/// <summary>A proxy provider as others see it.</summary>
/// <param name="CookieDomain">At domain level, the domain that is covered; blank otherwise.</param>
/// <param name="ApplicationSlug">Its application, or null.</param>
/// <param name="IsServed">The outpost answers for it.</param>
public sealed record ProtectedHost(long Pk, string Name, string Mode, string ExternalHost, string CookieDomain, string? ApplicationSlug, bool IsServed);
