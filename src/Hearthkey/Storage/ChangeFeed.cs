using System.Data.Common;
using System.Threading.Channels;
using Hearthkey.Storage.Feed;

namespace Hearthkey.Storage;

/// <summary>
/// Hears what changed, on every node: after each commit of this one, each second from the table <c>change</c>, and at once where PostgreSQL
/// announces it. Survives an outage of the database and catches up afterwards.
/// </summary>
public sealed partial class ChangeFeed : IAsyncDisposable
{
    /// <summary>How long a change that is not announced may take to reach another node; own choice, DESIGN 4.2.</summary>
    public static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long changes are kept. A node that was away longer drops everything it remembers.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    // clocks of nodes differ
    private static readonly TimeSpan _margin = TimeSpan.FromHours(1);

    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<ChangeFeed> _log;
    private readonly FeedReader _reader;
    private readonly FeedPruner _pruner;
    private readonly JoinedRun _catchUp;
    private readonly Subscriptions _subscriptions;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ITimer? _timer;
    private Task _loop = Task.CompletedTask;
    private Func<Refresh, CancellationToken, Task> _refresh = (_, _) => Task.CompletedTask;
    private Moment _lastContact = new(DateTimeOffset.MinValue, 0);
    private bool _isAway;

    public ChangeFeed(IStore store, TimeProvider time, ILogger<ChangeFeed> log)
    {
        _store = store;
        _time = time;
        _log = log;
        _reader = new FeedReader(store);
        _pruner = new FeedPruner(store, time);
        _subscriptions = new Subscriptions(log);
        _catchUp = new JoinedRun(CatchUpOnceAsync);
    }

    /// <summary>
    /// Since the database last answered this node. Whoever honours what it remembers looks at this (DESIGN 4.5). The longer of what two clocks
    /// say: one that is set back makes nothing younger, and one that stands still while the machine sleeps neither.
    /// </summary>
    public TimeSpan ContactAge => Age(Volatile.Read(ref _lastContact), _time.GetUtcNow(), _time.GetTimestamp());

    /// <summary>Calls back for each change of these kinds, before the snapshot is renewed; must be quick and must not throw.</summary>
    public void Subscribe(IReadOnlyCollection<string> kinds, Action<Change> on) => _subscriptions.Add(kinds, on);

    /// <summary>Calls back for each change, and when this node was away longer than the feed reaches: then drop everything that is remembered.</summary>
    public void SubscribeAll(Action<Change> on, Action onLost) => _subscriptions.AddAll(on, onLost);

    /// <summary>For those who <see cref="Subscribe"/> and remember something: called when changes may have been missed.</summary>
    public void SubscribeLost(Action onLost) => _subscriptions.AddLost(onLost);

    /// <summary>Reads everything that has been committed so far and tells the subscribers. Never throws for a database that is away.</summary>
    public Task CatchUpAsync() => _catchUp.RunAsync();

    /// <summary>Remembers the present end of the feed; what is loaded after this may be older than no change that is told later.</summary>
    internal async Task BeginAsync(CancellationToken ct)
    {
        var asked = Moment.Of(_time);
        await _reader.BeginAsync(ct);
        Volatile.Write(ref _lastContact, asked);
    }

    internal void RefreshWith(Func<Refresh, CancellationToken, Task> refresh) => _refresh = refresh;

    internal void Start()
    {
        _store.Committed = CatchUpAsync;
        _timer = _time.CreateTimer(_ => Wake(), null, PollEvery, PollEvery);
        _loop = Task.WhenAll(PollAsync(), _store.ListenAsync(Wake, _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        _store.Committed = null;
        await _stop.CancelAsync();
        if (_timer is not null) await _timer.DisposeAsync();
        _wake.Writer.TryComplete();
        await _loop;
        await _catchUp.RunAsync();
        _stop.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task PollAsync()
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync(CancellationToken.None))
        {
            await CatchUpAsync();
            if (!_isAway) await _pruner.PruneWhenDueAsync(_stop.Token);
        }
    }

    private async Task CatchUpOnceAsync()
    {
        if (_stop.IsCancellationRequested) return;
        try
        {
            var asked = Moment.Of(_time);
            var news = await _reader.ReadAsync(_stop.Token);
            var isLost = news.IsLost || Age(_lastContact, asked.At, asked.Timestamp) >= KeptFor - _margin;
            Volatile.Write(ref _lastContact, asked);
            if (_isAway) Log.IsBack(_log);
            _isAway = false;
            if (isLost) _subscriptions.TellLost();
            _subscriptions.Tell(news.Changes);
            await _refresh(new Refresh(isLost, news.Changes), _stop.Token);
        }
        catch (DbException failure)
        {
            if (!_isAway) Log.IsAway(_log, failure.Message);
            _isAway = true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // whatever it was, the next poll must come: without it every session would be doubted for good
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(_log, failure);
        }
    }

    private TimeSpan Age(Moment of, DateTimeOffset now, long timestamp)
    {
        var (byCalendar, byTimer) = (now - of.At, _time.GetElapsedTime(of.Timestamp, timestamp));
        return byCalendar > byTimer ? byCalendar : byTimer;
    }

    /// <summary>One moment by the clock that people set, and by the one that nobody does.</summary>
    private sealed record Moment(DateTimeOffset At, long Timestamp)
    {
        public static Moment Of(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer: {Reason} Changes are read again when it is back.")]
        public static partial void IsAway(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Changes could not be read; it is tried again.")]
        public static partial void Failed(ILogger log, Exception failure);

        [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again.")]
        public static partial void IsBack(ILogger log);
    }
}
