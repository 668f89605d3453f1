using Hearthkey.ForwardAuth.Probing;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth;

/// <summary>
/// Whether protected hosts refuse somebody from outside who has no session: each is asked once an hour, at once after a change, and when an
/// admin wants to know.
/// </summary>
public sealed class SelfProbes
{
    private readonly IStore _store;
    private readonly ProbeRound _round;

    internal SelfProbes(IStore store, ProbeRound round) => (_store, _round) = (store, round);

    /// <summary>The hosts of a provider and what they answered last; none where it is not served or left out.</summary>
    public async ValueTask<IReadOnlyList<HostProbe>> OfAsync(long providerPk, CancellationToken ct) =>
        [.. (await _store.ReadAsync(db => ProbeRows.OfAsync(db, providerPk), ct)).Select(ProbeTexts.Describe)];

    /// <summary>Keys of the providers that have a host which stands open.</summary>
    public async ValueTask<IReadOnlySet<long>> OpenAsync(CancellationToken ct) =>
        (await _store.ReadAsync(ProbeRows.AllAsync, ct)).Where(r => r.Outcome?.State == ProbeState.Open).Select(r => r.ProviderPk).ToHashSet();

    /// <summary>Asks the hosts of a provider now.</summary>
    public ValueTask<IReadOnlyList<HostProbe>> AskAsync(long providerPk, CancellationToken ct) => AskAsync(providerPk, [], TimeSpan.Zero, ct);

    /// <summary>The same just after its proxy was told to change.</summary>
    /// <param name="named">Hosts of its domain, also those that no check came for yet.</param>
    /// <param name="patience">How long the proxy may take to follow, before a host counts as open.</param>
    public async ValueTask<IReadOnlyList<HostProbe>> AskAsync(long providerPk, IReadOnlyList<string> named, TimeSpan patience, CancellationToken ct)
    {
        await _round.RunAsync(providerPk, named, patience, ct);
        return await OfAsync(providerPk, ct);
    }
}
