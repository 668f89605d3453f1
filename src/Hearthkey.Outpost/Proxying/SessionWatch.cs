using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Asks again, every three seconds, whether a connection that stays open (WebSocket, event stream) may: it ends when the session does. From
/// memory, as a check is.
/// </summary>
internal sealed class SessionWatch(IOutpostCore core, Gate gate, TimeProvider time)
{
    /// <summary>Own choice: with the second that a change takes to arrive it is within five.</summary>
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(3);

    /// <summary>True for requests whose answer may go on for hours.</summary>
    public static bool Lasts(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method)
        || request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Starts watching the sessions that the request brought; null where it brought none. The token is cancelled when none of them is good any
    /// more, and when the client is gone.
    /// </summary>
    public CancellationTokenSource? Begin(HttpContext context, ProtectedSite site, in ForwardedUrl url)
    {
        Span<SessionKey> keys = stackalloc SessionKey[SessionCookie.MaxCandidates];
        var count = SessionCookie.Read(context.Request, site, keys);
        if (count == 0)
            return null;
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _ = WatchAsync(url, keys[..count].ToArray(), end, end.Token);
        return end;
    }

    private async Task WatchAsync(ForwardedUrl url, SessionKey[] keys, CancellationTokenSource end, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(_every, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested)
                return;
            // whatever fails here, nobody can say that the session is good
            var question = gate.RemainsAsync(core.Configuration, url, keys, ct).AsTask();
            await ((Task)question).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (question.IsCompletedSuccessfully && await question)
                continue;
            if (!ct.IsCancellationRequested)
                await end.CancelAsync();
            return;
        }
    }
}
