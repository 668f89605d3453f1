using System.Collections.Concurrent;

namespace Hearthkey.Oidc.Jose;

/// <summary>Copies of one key, one per thread that uses it at the same time: .NET promises nothing for a key shared by threads.</summary>
/// <remarks>Copies are never disposed of; when the key leaves the configuration their handles are freed by the collector.</remarks>
internal sealed class KeyPool<TKey>(Func<TKey> copy) where TKey : class
{
    private readonly ConcurrentBag<TKey> _idle = [];

    public TKey Rent() => _idle.TryTake(out var key) ? key : copy();

    public void Return(TKey key) => _idle.Add(key);
}
