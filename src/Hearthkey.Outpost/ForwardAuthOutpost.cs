using Hearthkey.Outpost.Checks;
using Hearthkey.Outpost.Login;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// The outpost as a middleware: it answers what is its own and hands everything else on. Put it before routing, after whatever decides the
/// client's address and scheme. The host must let Kestrel write UTF-8 response headers, for names that are not ASCII.
/// </summary>
public sealed class ForwardAuthOutpost : IDisposable
{
    private readonly IOutpostCore _core;
    private readonly BrowserUrl _browserUrl;
    private readonly Refusals _refusals;
    private readonly CheckEndpoint _check;
    private readonly StartEndpoint _start;
    private readonly CallbackEndpoint _callback;
    private readonly SignOutEndpoint _signOut;

    /// <summary>Creates the outpost around its core.</summary>
    public ForwardAuthOutpost(IOutpostCore core, OutpostOptions options, TimeProvider time)
    {
        _core = core;
        Sessions = new SessionCache(time);
        var reports = new OutpostReports(core, options, time);
        var reader = new SessionReader(core, Sessions, time, reports);
        var login = new LoginRedirect(time);
        _refusals = new Refusals(options, reports);
        _browserUrl = new BrowserUrl(options);
        Durations = new RequestDurations(core, time);
        _check = new CheckEndpoint(core, options, new Gate(reader), reports, _refusals, Durations);
        _start = new StartEndpoint(login, new LostPort(time), reports, _refusals);
        _callback = new CallbackEndpoint(new SessionMaker(core, reports, _refusals, time), login, reader, _refusals, time);
        _signOut = new SignOutEndpoint(core, Sessions, reader);
    }

    /// <summary>Sessions in memory; the change feed tells it what ended.</summary>
    public SessionCache Sessions { get; }

    /// <summary>How long requests took, for metrics.</summary>
    public RequestDurations Durations { get; }

    /// <summary>
    /// Answers the request, or calls <paramref name="next"/> when it is not the outpost's: everything under
    /// <see cref="OutpostPaths.Prefix"/> is, and any path of an application that carries one of the two flags.
    /// </summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        var isOwn = RequestPath.IsOwn(path);
        if (!isOwn && !context.Request.QueryString.HasValue)
            return next(context);
        if (isOwn)
        {
            context.Response.Headers.CacheControl = "no-store";
            foreach (var dialect in Dialect.All)
            {
                if (Array.IndexOf(dialect.Paths, path) >= 0)
                    return _check.HandleAsync(context, dialect);
            }
            if (path.StartsWith(OutpostPaths.Ping, StringComparison.Ordinal))
            {
                var started = Durations.Start();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                Durations.Ping(context, started);
                return Task.CompletedTask;
            }
        }
        var query = context.Request.QueryString.Value;
        var endpoint = RawQuery.HasFlag(query, OutpostPaths.CallbackFlag) ? OutpostPaths.Callback
            : RawQuery.HasFlag(query, OutpostPaths.LogoutFlag) ? OutpostPaths.SignOut
            : isOwn ? path : null;
        return endpoint is null ? next(context) : BrowserAsync(context, next, endpoint, isOwn);
    }

    public void Dispose() => Sessions.Dispose();

    private Task BrowserAsync(HttpContext context, RequestDelegate next, string endpoint, bool isOwn)
    {
        var configuration = _core.Configuration;
        var problem = _browserUrl.Read(context, configuration, out var url);
        if (problem is not null && !isOwn)
            return next(context);
        context.Response.Headers.CacheControl = "no-store";
        if (problem is { } finding || configuration.Find(url) is not { } site)
            return _refusals.RefuseBrowserAsync(context, configuration, problem ?? OutpostFinding.UnknownHost, url);
        var started = Durations.Start();
        return Durations.CountAsync(AnswerAsync(context, configuration, endpoint, site, url), context, site, started);
    }

    private Task AnswerAsync(HttpContext context, OutpostConfiguration configuration, string endpoint, ProtectedSite site, in ForwardedUrl url)
    {
        switch (endpoint)
        {
            case OutpostPaths.Start or OutpostPaths.SignIn:
                return _start.HandleAsync(context, configuration, site, url);
            case OutpostPaths.Callback:
                return _callback.HandleAsync(context, configuration, site, url);
            case OutpostPaths.SignOut:
                return _signOut.HandleAsync(context, configuration, site, url);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
