using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// The one decision: may this request pass? Session first, then paths that need no login, then the outpost's own paths, else a login.
/// A known session is answered without leaving memory and without a copy of anything.
/// </summary>
internal sealed class CheckEndpoint(
    IOutpostCore core, OutpostOptions options, SessionReader reader, OutpostReports reports, Refusals refusals, RequestDurations durations)
{
    private readonly IdentityHeaders _headers = new(options.Version);

    public Task HandleAsync(HttpContext context, Dialect dialect)
    {
        var started = durations.Start();
        var answer = AnswerAsync(context, dialect, out var site);
        return durations.CountAsync(answer, context, site, started);
    }

    private Task AnswerAsync(HttpContext context, Dialect dialect, out ProtectedSite? site)
    {
        site = null;
        var configuration = core.Configuration;
        // first of all: from a stranger, a header that names the URL is no header
        if (!options.IsTrustedPeer(context))
            return refusals.RefuseCheckAsync(context, configuration, OutpostFinding.UntrustedPeer, default);
        if (RequestTarget.Contradicts(context.Request))
            return refusals.RefuseCheckAsync(context, configuration, OutpostFinding.HostsDisagree, default);
        if (dialect.Read(context.Request, out var url) is { } problem)
            return refusals.RefuseCheckAsync(context, configuration, problem, url);
        site = configuration.Find(url);
        if (site is null || !site.Provider.IsAssignedToOutpost)
            return refusals.RefuseCheckAsync(context, configuration, OutpostFinding.UnknownHost, url);

        reports.Arrived(site, context);
        if (!reader.IsFresh())
            return UnavailableAsync(context);
        Span<SessionKey> keys = stackalloc SessionKey[SessionCookie.MaxCandidates];
        var count = SessionCookie.Read(context.Request, site, keys);
        foreach (ref readonly var key in keys[..count])
        {
            if (reader.FromMemory(key, site, url, configuration.Version) is { } cached)
            {
                _headers.Write(context, site, cached.Identity);
                return Task.CompletedTask;
            }
        }
        return count == 0
            ? AnonymousAsync(context, dialect, configuration, site, url)
            : ReadThroughAsync(context, dialect, configuration, site, url, keys[..count].ToArray());
    }

    private async Task ReadThroughAsync(
        HttpContext context, Dialect dialect, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, SessionKey[] keys)
    {
        var hostName = url.HostName.ToString();
        foreach (var key in keys)
        {
            var answer = await reader.ReadAsync(key, site, hostName, configuration.Version, context.RequestAborted);
            if (answer.IsUnavailable)
            {
                await UnavailableAsync(context);
                return;
            }
            if (answer.Cached is { } cached)
            {
                _headers.Write(context, site, cached.Identity);
                return;
            }
        }
        await AnonymousAsync(context, dialect, configuration, site, url);
    }

    private Task AnonymousAsync(
        HttpContext context, Dialect dialect, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url)
    {
        // a path that cannot be told for certain is protected
        if (!RequestPath.TryNormalize(url.PathAndQuery, out var path) || !(IsOpen(site, url, path) || RequestPath.IsOwn(path)))
        {
            if (configuration.IsOwnOrigin(url))
                reports.LoginHostProtected(context, site, StatusCodes.Status401Unauthorized, url);
            return dialect.AnswerAnonymousAsync(context);
        }
        _headers.Write(context, site, null);
        return Task.CompletedTask;
    }

    private static bool IsOpen(ProtectedSite site, in ForwardedUrl url, string path)
    {
        var rules = site.Provider.SkipPaths;
        return !rules.IsEmpty && rules.Matches(site.IsDomain ? url.Origin(site.IsHttps) + path : path);
    }

    private static Task UnavailableAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        return context.Response.WriteAsync("the login server is out of reach; try again in a moment", context.RequestAborted);
    }
}
