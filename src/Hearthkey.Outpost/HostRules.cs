using System.Collections.Frozen;

namespace Hearthkey.Outpost;

/// <summary>The rules of a provider, found by host in constant time: the host's own first, then that of the longest name that it is below. One rule holds, never several.</summary>
internal sealed class HostRules
{
    private readonly FrozenDictionary<string, HostRule>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, HostRule>.AlternateLookup<ReadOnlySpan<char>> _below;

    public HostRules(IEnumerable<HostRule> rules)
    {
        Dictionary<string, HostRule> exact = [];
        Dictionary<string, HostRule> below = [];
        foreach (var rule in rules)
        {
            if (rule.Parent is { } parent)
                below.TryAdd(parent, rule);
            else
                exact.TryAdd(rule.Host, rule);
        }
        _exact = exact.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _below = below.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public HostRule? Find(ReadOnlySpan<char> hostName)
    {
        if (_exact.TryGetValue(hostName, out var rule))
            return rule;
        if (_below.Dictionary.Count == 0)
            return null;
        for (var dot = hostName.IndexOf('.'); dot >= 0; dot = hostName.IndexOf('.'))
        {
            hostName = hostName[(dot + 1)..];
            if (_below.TryGetValue(hostName, out rule))
                return rule;
        }
        return null;
    }
}
