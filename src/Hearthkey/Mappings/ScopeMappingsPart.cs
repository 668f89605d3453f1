using System.Collections.Frozen;

namespace Hearthkey.Mappings;

/// <summary>Part of the snapshot: all scope mappings by key, in the order of their scope names.</summary>
public sealed class ScopeMappingsPart(IReadOnlyList<ScopeMapping> all)
{
    private readonly FrozenDictionary<Guid, ScopeMapping> _byPk = all.ToFrozenDictionary(m => m.Pk);

    public IReadOnlyList<ScopeMapping> All => all;

    /// <summary>Those with these keys, in the order in which they are evaluated; keys that nothing has are left out.</summary>
    public IReadOnlyList<ScopeMapping> Of(IEnumerable<Guid> keys) =>
        [.. keys.Select(k => _byPk.GetValueOrDefault(k)).OfType<ScopeMapping>().OrderBy(m => m.ScopeName, StringComparer.Ordinal)];
}
