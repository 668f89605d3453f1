namespace Hearthkey.Directory.Throttling;

/// <summary>Counts of failed attempts by key, in bounded memory.</summary>
internal sealed class AttemptTable(int limit)
{
    // about 200 bytes each
    private const int MostKeys = 50_000;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    // an attempt that was begun and never ended is given up after this
    private static readonly TimeSpan _longestAttempt = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Count> _counts = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _cleanedAt;

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    public int Keys
    {
        get
        {
            lock (_lock) return _counts.Count;
        }
    }

    /// <summary>Begins an attempt, or says how long to wait.</summary>
    public TimeSpan? Begin(string key, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _cleanedAt >= _window) Clean(now);
            if (!_counts.TryGetValue(key, out var count))
            {
                if (_counts.Count >= MostKeys) MakeRoom(now);
                if (_counts.Count >= MostKeys) return null;
                _counts[key] = count = new Count();
            }
            if (now - count.LastAt >= _window) count.Failures = 0;
            if (now - count.BegunAt >= _longestAttempt) count.UnderWay = 0;
            if (now < count.NotBefore) return count.NotBefore - now;
            // over the limit one attempt at a time: the others would slip in before its delay is set
            if (count.Failures + count.UnderWay >= limit && count.UnderWay > 0) return TimeSpan.FromSeconds(1);
            count.UnderWay++;
            count.BegunAt = now;
            return null;
        }
    }

    /// <summary>How long the next attempt would have to wait; begins none.</summary>
    public TimeSpan? Waiting(string key, DateTimeOffset now)
    {
        lock (_lock) return _counts.TryGetValue(key, out var count) && now < count.NotBefore ? count.NotBefore - now : null;
    }

    /// <summary>Ends an attempt; false where none is under way.</summary>
    public bool End(string key, DateTimeOffset now, bool failed)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue(key, out var count) || count.UnderWay == 0) return false;
            count.UnderWay--;
            if (!failed)
            {
                if (count is { Failures: 0, UnderWay: 0 }) _counts.Remove(key);
                return true;
            }
            count.Failures++;
            count.LastAt = now;
            if (count.Failures >= limit) count.NotBefore = now + Delay(count.Failures - limit);
            return true;
        }
    }

    public void Forget(string key)
    {
        lock (_lock) _counts.Remove(key);
    }

    private TimeSpan Delay(int doublings)
    {
        var delay = TimeSpan.FromSeconds(1L << Math.Min(doublings, 6));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    // those whose time is over
    private void Clean(DateTimeOffset now)
    {
        _cleanedAt = now;
        foreach (var (key, count) in _counts)
            if (now - count.LastAt >= _window && (count.UnderWay == 0 || now - count.BegunAt >= _longestAttempt)) _counts.Remove(key);
    }

    // and if that is not enough those that were not slowed down yet
    private void MakeRoom(DateTimeOffset now)
    {
        Clean(now);
        if (_counts.Count < MostKeys) return;
        foreach (var (key, count) in _counts)
            if (count.UnderWay == 0 && count.Failures < limit) _counts.Remove(key);
    }

    private sealed class Count
    {
        public int Failures { get; set; }

        public int UnderWay { get; set; }

        public DateTimeOffset LastAt { get; set; }

        public DateTimeOffset BegunAt { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }
}
