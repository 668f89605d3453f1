using System.Collections.Concurrent;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>
/// What checks came for, until the next look: providers, and hosts of a domain. Bounded: a stranger may make names up below a domain.
/// </summary>
internal sealed class SeenHosts
{
    /// <summary>Names that wait at a time; they are taken every few seconds.</summary>
    private const int Most = 200;

    private readonly ConcurrentDictionary<(long Provider, string Origin), byte> _waiting = new();

    private readonly ConcurrentDictionary<long, byte> _arrived = new();

    public void Take(OutpostReport report)
    {
        if (report.Provider is not { } provider || report.IsProblem) return;
        _arrived.TryAdd(provider.Pk, 0);
        if (provider.Mode != ProxyMode.ForwardDomain || _waiting.Count >= Most) return;
        _waiting.TryAdd((provider.Pk, report.Url), 0);
    }

    /// <summary>One that an admin named.</summary>
    public void Add(long provider, string origin) => _waiting.TryAdd((provider, origin), 0);

    /// <summary>Providers that checks came for since the last call.</summary>
    public IReadOnlyCollection<long> Arrivals()
    {
        if (_arrived.IsEmpty) return [];
        var taken = _arrived.Keys.ToList();
        foreach (var key in taken) _arrived.TryRemove(key, out _);
        return taken;
    }

    /// <summary>The hosts since the last call.</summary>
    public IReadOnlyList<(long Provider, string Origin)> Drain()
    {
        if (_waiting.IsEmpty) return [];
        var taken = _waiting.Keys.ToList();
        foreach (var key in taken) _waiting.TryRemove(key, out _);
        return taken;
    }
}
