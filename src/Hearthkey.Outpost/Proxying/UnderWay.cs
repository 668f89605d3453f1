using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost.Proxying;

/// <summary>A request that was let through and is not answered to its end yet, with what let it in.</summary>
/// <param name="url">The URL that was asked.</param>
/// <param name="cookies">As the browser sent them.</param>
/// <param name="authorization">As the program sent it; only of interest with an attempt.</param>
/// <param name="attempt">What the header says; null for a request with a session.</param>
internal sealed class UnderWay(
    SessionWatch watch, HttpContext context, ForwardedUrl url, StringValues cookies, string authorization, HeaderAttempt? attempt) : IDisposable
{
    private readonly Lock _lock = new();
    private bool _hasEnded;

    public ForwardedUrl Url => url;

    public StringValues Cookies => cookies;

    public string Authorization => authorization;

    public HeaderAttempt? Attempt => attempt;

    /// <summary>Breaks the connection; nothing where the request has ended by itself, for its context may be another request's by then.</summary>
    public void CutOff()
    {
        lock (_lock)
        {
            if (!_hasEnded)
                context.Abort();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _hasEnded = true;
        watch.End(this);
    }
}
