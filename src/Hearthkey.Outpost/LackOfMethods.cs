using System.Collections.Concurrent;

namespace Hearthkey.Outpost;

/// <summary>
/// Providers whose proxy does not say by which method the application will be asked: a method that does come there may be one that the client
/// made up. Kept beside the configuration, which is often made anew.
/// </summary>
internal sealed class LackOfMethods(TimeProvider time)
{
    /// <summary>Own choice: a proxy that was put right is believed soon.</summary>
    private static readonly TimeSpan _believed = TimeSpan.FromMinutes(10);

    /// <summary>Own choice: writing it at each check would have every core wait for the others.</summary>
    private static readonly TimeSpan _noted = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, long> _missedAt = new();

    /// <summary>A check came without one.</summary>
    public void Note(ProtectedSite site)
    {
        var now = time.GetTimestamp();
        if (!_missedAt.TryGetValue(site.Provider.Pk, out var last) || time.GetElapsedTime(last, now) > _noted)
            _missedAt[site.Provider.Pk] = now;
    }

    /// <summary>True while such checks come.</summary>
    public bool Holds(ProtectedSite site) => _missedAt.TryGetValue(site.Provider.Pk, out var last) && time.GetElapsedTime(last) < _believed;
}
