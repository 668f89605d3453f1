using Hearthkey.ForwardAuth.Proxies;

namespace Hearthkey.ForwardAuth;

/// <summary>What the applications behind a proxy are told beside <c>X-authentik-*</c>, as far as the proxy's text must know it.</summary>
/// <param name="Names">Further names of headers that say who is there.</param>
/// <param name="HasBasic">At least one of them is logged in by HTTP Basic.</param>
public sealed record ToldHeaders(IReadOnlyList<string> Names, bool HasBasic)
{
    /// <summary>Where one text serves several hosts: those whose programs bring an <c>Authorization</c> of their own, although others get ours.</summary>
    public IReadOnlyList<string> HostsWithOwnLogin { get; init; } = [];

    internal static ToldHeaders Of(ProxyProvider provider) => new([.. HeaderFields.Names(provider).All], provider.BasicAuthEnabled);

    /// <summary>All that one of them is told.</summary>
    internal static ToldHeaders Union(IReadOnlyCollection<ProxyProvider> providers) => new(
        [.. providers.SelectMany(p => HeaderFields.Names(p).All).Distinct(StringComparer.OrdinalIgnoreCase)], providers.Any(p => p.BasicAuthEnabled));
}
