using Hearthkey.Outpost.Checks;
using Hearthkey.Outpost.Login;
using Hearthkey.Outpost.Proxying;
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
    private readonly OwnEndpoints _own;
    private readonly ProxyEndpoint _proxy;

    /// <summary>Creates the outpost around its core.</summary>
    public ForwardAuthOutpost(IOutpostCore core, OutpostOptions options, TimeProvider time)
    {
        _core = core;
        Sessions = new SessionCache(time);
        var reports = new OutpostReports(core, options, time);
        var reader = new SessionReader(core, Sessions, time, reports);
        var lacking = new LackOfMethods(time);
        var headers = new HeaderReader(core, options, Headers, lacking, reports, time);
        var gate = new Gate(reader, headers, lacking);
        _refusals = new Refusals(options, reports);
        var login = new LoginRedirect(new LoginLoop(reports, _refusals), time);
        _browserUrl = new BrowserUrl(options);
        Durations = new RequestDurations(core, time);
        _own = new OwnEndpoints(
            new StartEndpoint(login, new LostPort(time), gate, reports, _refusals),
            new CallbackEndpoint(new SessionMaker(core, reports, _refusals, time), login, reader, _refusals, time),
            new SignOutEndpoint(core, Sessions, reader, _refusals));
        _check = new CheckEndpoint(core, options, gate, reports, _refusals, Durations, _own, login, time);
        _proxy = new ProxyEndpoint(
            options, gate, reports, _refusals, new IdentityHeaders(options.Version, time), new SessionWatch(core, gate, headers, time), time);
    }

    /// <summary>Sessions in memory; the change feed tells it what ended.</summary>
    public SessionCache Sessions { get; }

    /// <summary>Logins by header in memory; the change feed tells it what ended.</summary>
    public HeaderCache Headers { get; } = new();

    /// <summary>How long requests took, for metrics.</summary>
    public RequestDurations Durations { get; }

    /// <summary>Pools of connections to applications that are open; tells whether those of applications that are gone are closed.</summary>
    public int OpenPools => _proxy.Upstreams.Count;

    /// <summary>Requests in proxy mode that somebody was let through with and that are not answered to their end; for tests.</summary>
    public int UnderWay => _proxy.UnderWay;

    /// <summary>
    /// Answers the request, or calls <paramref name="next"/> when it is not the outpost's: everything under
    /// <see cref="OutpostPaths.Prefix"/> is, and any path of an application that carries one of the two flags.
    /// </summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (TryProxy(context) is { } proxied)
            return proxied;
        var path = context.Request.Path.Value ?? "";
        // before anything that looks at the path: what Envoy asks stands behind a path of ours, and tidied it could be any other
        if (!context.Request.Headers.ContainsKey(OutpostPaths.BrowserMark) && Dialect.Of(context.Request, path) is { } dialect)
        {
            context.Response.Headers.CacheControl = "no-store";
            return _check.HandleAsync(context, dialect);
        }
        var isOwn = RequestPath.IsOwn(path);
        if (!isOwn && !context.Request.QueryString.HasValue)
            return next(context);
        if (isOwn && path.StartsWith(OutpostPaths.Ping, StringComparison.Ordinal))
        {
            var started = Durations.Start();
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            Durations.Ping(context, started);
            return Task.CompletedTask;
        }
        return OwnEndpoints.Of(path, context.Request.QueryString.Value) is { } endpoint
            ? BrowserAsync(context, next, endpoint, isOwn)
            : next(context);
    }

    /// <summary>
    /// Answers the request where its host is one in proxy mode and its path is not the outpost's own, or else calls <paramref name="next"/>.
    /// Put it before everything that adds to answers: those of an application are its own.
    /// </summary>
    public Task InvokeProxyAsync(HttpContext context, RequestDelegate next) => TryProxy(context) ?? next(context);

    public void Dispose()
    {
        Sessions.Dispose();
        _proxy.Dispose();
    }

    private Task? TryProxy(HttpContext context)
    {
        var configuration = _core.Configuration;
        if (configuration.Upstreams.Count == 0 || IsOwnInProxyMode(context.Request))
            return null;
        var problem = _browserUrl.ReadProxied(context, configuration, out var url);
        if (configuration.Find(url) is not { IsProxied: true } site || configuration.IsOwnOrigin(url))
            return null;
        var started = Durations.Start();
        var answer = problem is { } finding
            ? _refusals.RefuseBrowserAsync(context, configuration, finding, url)
            : _proxy.HandleAsync(context, configuration, site, url);
        return Durations.CountAsync(answer, context, site, started);
    }

    // nobody asks for checks in proxy mode: there such a path is the application's
    private static bool IsOwnInProxyMode(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return OwnEndpoints.Of(path, request.QueryString.Value) is { } own && !own.StartsWith(OutpostPaths.Auth + "/", StringComparison.Ordinal);
    }

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
        return Durations.CountAsync(_own.AnswerAsync(context, configuration, endpoint, site, url), context, site, started);
    }
}
