namespace Hearthkey.Directory.Throttling;

/// <summary>From which addresses an account has signed in, in bounded memory.</summary>
internal sealed class KnownPairs
{
    // about 200 bytes each
    private const int MostPairs = 50_000;

    private static readonly TimeSpan _keptFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan _cleanEvery = TimeSpan.FromDays(1);

    private readonly Dictionary<(string Account, string Address), DateTimeOffset> _pairs = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _cleanedAt;

    public bool Contains(string account, string address, DateTimeOffset now)
    {
        lock (_lock) return _pairs.TryGetValue((account, address), out var at) && now - at < _keptFor;
    }

    public void Add(string account, string address, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _cleanedAt >= _cleanEvery)
            {
                _cleanedAt = now;
                foreach (var (pair, at) in _pairs)
                    if (now - at >= _keptFor) _pairs.Remove(pair);
            }
            if (_pairs.Count >= MostPairs)
            {
                var middle = _pairs.Values.Order().ElementAt(_pairs.Count / 2);
                foreach (var (pair, at) in _pairs)
                    if (at <= middle) _pairs.Remove(pair);
            }
            _pairs[(account, address)] = now;
        }
    }
}
