namespace Hearthkey.Storage.Feed;

/// <summary>
/// Runs something one at a time. Whoever asks gets a run that begins after he asked; all who ask during a run share the next one.
/// </summary>
internal sealed class JoinedRun(Func<Task> run)
{
    private readonly Lock _gate = new();
    private Task _current = Task.CompletedTask;
    private Task? _next;

    public Task RunAsync()
    {
        lock (_gate)
        {
            return _next ??= NextAsync(_current);
        }
    }

    private async Task NextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _current = _next!;
            _next = null;
        }
        await run();
    }
}
