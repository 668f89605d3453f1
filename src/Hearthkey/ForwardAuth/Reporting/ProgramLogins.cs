using Hearthkey.Audit;
using Hearthkey.Flows;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Reporting;

/// <summary>
/// Tells the event log that programs log in: each app password or token at each application once an hour, however often it comes, whichever node
/// it comes to. Whoever asks for a check does not wait for it.
/// </summary>
internal sealed class ProgramLogins(IStore store, AuditLog audit, TimeProvider time)
{
    /// <summary>Own choice: an operator sees which ones are in use, and a program that polls all day brings 24 rows.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromHours(1);

    /// <summary>What was written stands a few seconds later in the log than it happened: looked up by the full hour, every other one would be missing.</summary>
    private static readonly TimeSpan _written = _pause - TimeSpan.FromMinutes(1);

    /// <summary>Own choice. One more, and the event log is asked what it has already.</summary>
    private const int MostKnown = 10_000;

    /// <summary>Own choice: what finds no place comes again.</summary>
    private const int MostWaiting = 256;

    private readonly Dictionary<string, DateTimeOffset> _known = [];
    private readonly Dictionary<string, ProgramLogin> _waiting = [];
    private readonly Lock _lock = new();

    public void Add(ProgramLogin login)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if ((_known.TryGetValue(login.Subject, out var at) && now - at < _pause) || _waiting.Count >= MostWaiting) return;
            if (_known.Count >= MostKnown) _known.Clear();
            _known[login.Subject] = now;
            _waiting[login.Subject] = login;
        }
    }

    /// <summary>Writes what waits; it goes on waiting where the database is away.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        ProgramLogin[] logins;
        lock (_lock) logins = [.. _waiting.Values];
        if (logins.Length == 0) return;
        await store.WriteAsync(async db =>
        {
            foreach (var login in logins)
            {
                // another node, or this one before it was started again
                if ((await audit.LatestAsync(db, EventActions.Login, login.Subject, time.GetUtcNow() - _written, 1)).Count > 0) continue;
                await audit.AppendCoalescedAsync(db, EventActions.Login, LoginEvents.App, login.Actor, login.Subject, login.Describe());
            }
            return true;
        }, ct);
        lock (_lock)
            foreach (var login in logins) _waiting.Remove(login.Subject);
    }
}
