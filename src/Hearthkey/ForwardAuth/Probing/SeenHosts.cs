using System.Collections.Concurrent;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>Hosts of a domain that checks came for, until they are written down. Bounded: a stranger may make names up below a domain.</summary>
internal sealed class SeenHosts
{
    /// <summary>Names that wait at a time; they are taken every few seconds.</summary>
    private const int Most = 200;

    private readonly ConcurrentDictionary<(long Provider, string Origin), byte> _waiting = new();

    public void Take(OutpostReport report)
    {
        if (report.Provider is not { Mode: ProxyMode.ForwardDomain } provider || report.IsProblem || _waiting.Count >= Most) return;
        _waiting.TryAdd((provider.Pk, report.Url), 0);
    }

    public IReadOnlyList<(long Provider, string Origin)> Drain()
    {
        if (_waiting.IsEmpty) return [];
        var taken = _waiting.Keys.ToList();
        foreach (var key in taken) _waiting.TryRemove(key, out _);
        return taken;
    }
}
