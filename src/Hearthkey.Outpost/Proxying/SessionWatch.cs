using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Proxying;

/// <summary>
/// Asks again, every three seconds, whether the requests that are under way may go on, be it a socket, a stream of events or a long download: one
/// is cut off when the session or the password that let it in is good no more. From memory, as a check is.
/// </summary>
internal sealed class SessionWatch : IDisposable
{
    /// <summary>Own choice: with the second that a change takes to arrive it is within five.</summary>
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(3);

    private readonly IOutpostCore _core;
    private readonly Gate _gate;
    private readonly HeaderReader _headers;
    private readonly ConcurrentDictionary<UnderWay, bool> _requests = new();
    private readonly CancellationTokenSource _end = new();

    public SessionWatch(IOutpostCore core, Gate gate, HeaderReader headers, TimeProvider time)
    {
        (_core, _gate, _headers) = (core, gate, headers);
        _ = WatchAsync(time, _end.Token);
    }

    /// <summary>Requests under way.</summary>
    internal int Count => _requests.Count;

    /// <summary>Takes a request of somebody under watch, as it came; until it is disposed of.</summary>
    public UnderWay Begin(HttpContext context, in ForwardedUrl url, in Passage passage)
    {
        var authorization = context.Request.Headers.Authorization;
        var attempt = passage.Program is not null && HeaderCredentials.TryRead(authorization, out var credentials)
            ? _headers.AttemptOf(context, credentials, isCounted: false) : null;
        var request = new UnderWay(this, context, url, context.Request.Headers.Cookie, authorization.ToString(), attempt);
        _requests.TryAdd(request, true);
        return request;
    }

    internal void End(UnderWay request) => _requests.TryRemove(request, out _);

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task WatchAsync(TimeProvider time, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(_every, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested)
                return;
            foreach (var (request, _) in _requests)
            {
                // whatever fails here, nobody can say that it may go on
                var question = _gate.RemainsAsync(_core.Configuration, request, ct).AsTask();
                await ((Task)question).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!ct.IsCancellationRequested && !(question.IsCompletedSuccessfully && await question))
                    request.CutOff();
            }
        }
    }
}
