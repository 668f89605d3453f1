using System.Collections.Immutable;

namespace Hearthkey.Storage.Feed;

/// <summary>Who wants to hear what. Subscribing is possible at any time.</summary>
internal sealed partial class Subscriptions(ILogger log)
{
    private ImmutableList<(IReadOnlySet<string>? Kinds, Action<Change> On)> _onChange = [];
    private ImmutableList<Action> _onLost = [];

    public void Add(IReadOnlyCollection<string> kinds, Action<Change> on) => Add(kinds.ToHashSet(), on);

    public void AddAll(Action<Change> on, Action onLost)
    {
        Add(null, on);
        AddLost(onLost);
    }

    public void AddLost(Action onLost) => ImmutableInterlocked.Update(ref _onLost, (list, on) => list.Add(on), onLost);

    public void Tell(IReadOnlyList<Change> changes)
    {
        foreach (var (kinds, on) in _onChange)
        {
            foreach (var change in changes)
            {
                if (kinds is null || kinds.Contains(change.Kind)) Guard(() => on(change));
            }
        }
    }

    public void TellLost()
    {
        foreach (var on in _onLost) Guard(on);
    }

    private void Add(IReadOnlySet<string>? kinds, Action<Change> on) =>
        ImmutableInterlocked.Update(ref _onChange, (list, item) => list.Add(item), (kinds, on));

    private void Guard(Action on)
    {
        try
        {
            on();
        }
#pragma warning disable CA1031 // a mistake of one subscriber must not keep the others from hearing
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(log, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of the change feed failed.")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
