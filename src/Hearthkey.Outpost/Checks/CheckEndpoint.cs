using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>Answers a reverse proxy that asks whether a request may pass; <see cref="Gate"/> decides.</summary>
internal sealed class CheckEndpoint(
    IOutpostCore core, OutpostOptions options, Gate gate, OutpostReports reports, Refusals refusals, RequestDurations durations)
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
        var decision = gate.DecideAsync(context, configuration, site, url);
        return decision.IsCompletedSuccessfully
            ? AnswerAsync(context, dialect, configuration, site, url, decision.Result)
            : LaterAsync(decision, context, dialect, configuration, site, url);
    }

    private async Task LaterAsync(
        ValueTask<Passage> decision, HttpContext context, Dialect dialect, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url) =>
        await AnswerAsync(context, dialect, configuration, site, url, await decision);

    private Task AnswerAsync(
        HttpContext context, Dialect dialect, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url, in Passage passage)
    {
        if (passage.Kind == PassageKind.Granted)
        {
            _headers.Write(context, site, passage.Session?.Identity);
            return Task.CompletedTask;
        }
        if (passage.Kind == PassageKind.Unavailable)
            return UnavailableAsync(context);
        if (configuration.IsOwnOrigin(url))
            reports.LoginHostProtected(context, site, StatusCodes.Status401Unauthorized, url);
        return dialect.AnswerAnonymousAsync(context);
    }

    private static Task UnavailableAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        return context.Response.WriteAsync("the login server is out of reach; try again in a moment", context.RequestAborted);
    }
}
