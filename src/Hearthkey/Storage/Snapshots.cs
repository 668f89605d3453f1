using System.Data.Common;
using Hearthkey.Storage.Feed;

namespace Hearthkey.Storage;

/// <summary>
/// Holds the present snapshot and renews it after changes. All parts that one catch-up renews come from one state of the database and appear
/// together. When a renewal fails, the old snapshot stays and it is tried again at the next poll.
/// </summary>
public sealed partial class Snapshots
{
    private readonly IServiceProvider _services;
    private readonly IStore _store;
    private readonly List<SnapshotPart> _parts;
    private readonly ILogger<Snapshots> _log;
    private readonly TimeProvider _time;
    private readonly List<Action<Snapshot>> _onSwap = [];
    private readonly HashSet<string> _pending = [];
    private bool _isAllPending;
    private volatile Snapshot? _current;
    private long _builtAt;

    internal Snapshots(IServiceProvider services, IStore store, IEnumerable<SnapshotPart> parts, ILogger<Snapshots> log)
    {
        _services = services;
        _store = store;
        _parts = [.. parts];
        _log = log;
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <exception cref="InvalidOperationException">Before <see cref="StorageStart"/> has loaded it.</exception>
    public Snapshot Current => _current ?? throw new InvalidOperationException("The snapshot is not loaded yet.");

    /// <summary>When <see cref="Current"/> was built.</summary>
    public DateTimeOffset BuiltAt => new(Interlocked.Read(ref _builtAt), TimeSpan.Zero);

    /// <summary>Calls back after each swap, the first load included; must be quick and must not throw.</summary>
    public void OnSwap(Action<Snapshot> on)
    {
        lock (_onSwap) _onSwap.Add(on);
    }

    /// <summary>Loads every part. Called once at start, and by the feed alone afterwards.</summary>
    internal async Task LoadAsync(CancellationToken ct) => Swap(await BuildAsync(Snapshot.Empty, _parts, ct));

    /// <summary>Renews what these changes concern, and what could not be renewed before. One call at a time.</summary>
    internal async Task RefreshAsync(Refresh refresh, CancellationToken ct)
    {
        _isAllPending |= refresh.IsLost;
        foreach (var change in refresh.Changes) _pending.Add(change.Kind);
        var parts = _isAllPending ? _parts : _parts.FindAll(part => part.Kinds.Overlaps(_pending));
        if (parts.Count > 0 && !await TryRenewAsync(parts, ct)) return;
        _isAllPending = false;
        _pending.Clear();
    }

    private async Task<bool> TryRenewAsync(List<SnapshotPart> parts, CancellationToken ct)
    {
        try
        {
            Swap(await BuildAsync(Current, parts, ct));
            return true;
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException)
        {
            Log.Delayed(_log, failure.Message);
            return false;
        }
#pragma warning disable CA1031 // a row that a loader cannot read must not stop the feed: the old snapshot stays and the operator is told
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(_log, failure);
            return false;
        }
    }

    private Task<Snapshot> BuildAsync(Snapshot from, List<SnapshotPart> parts, CancellationToken ct) => _store.ReadAsync(
        async db =>
        {
            var snapshot = from;
            foreach (var part in parts) snapshot = await part.Load(_services, db, snapshot);
            return snapshot;
        },
        ct);

    private void Swap(Snapshot snapshot)
    {
        _current = snapshot;
        Interlocked.Exchange(ref _builtAt, _time.GetUtcNow().UtcTicks);
        Action<Snapshot>[] on;
        lock (_onSwap) on = [.. _onSwap];
        foreach (var one in on) one(snapshot);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The configuration could not be read again: {Reason} The old one stays in force and it is tried again.")]
        public static partial void Delayed(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The changed configuration cannot be used; the old one stays in force.")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
