using Hearthkey.Outpost.Login;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>Answers a reverse proxy that asks whether a request may pass; <see cref="Gate"/> decides.</summary>
internal sealed class CheckEndpoint(
    IOutpostCore core, OutpostOptions options, Gate gate, OutpostReports reports, Refusals refusals, RequestDurations durations,
    OwnEndpoints own, LoginRedirect login, TimeProvider time)
{
    private readonly IdentityHeaders _headers = new(options.Version, time);

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
            return refusals.RefuseCheckAsync(context, configuration, dialect, OutpostFinding.UntrustedPeer, default);
        if (RequestTarget.Contradicts(context.Request))
            return refusals.RefuseCheckAsync(context, configuration, dialect, OutpostFinding.HostsDisagree, default);
        if (dialect.Read(context.Request, configuration, out var url) is { } problem)
            return refusals.RefuseCheckAsync(context, configuration, dialect, problem, url);
        site = configuration.Find(url);
        if (site is null || !site.Provider.IsAssignedToOutpost)
            return refusals.RefuseCheckAsync(context, configuration, dialect, OutpostFinding.UnknownHost, url);

        reports.Arrived(site, context, url, dialect.Advice);
        if (dialect.RelaysAnswers && Relayed.EndpointOf(url) is { } endpoint)
            return own.AnswerAsync(Relayed.Prepare(context, url), configuration, endpoint, site, url);
        var decision = gate.DecideAsync(context, configuration, site, url, dialect.MethodOf);
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
        // the text for nginx leads the outpost's own paths past the application
        if (passage.Kind == PassageKind.Granted || (passage.Kind is PassageKind.Login or PassageKind.Denied && !dialect.RelaysAnswers && IsOwn(url)))
        {
            _headers.Write(context, site, passage.Identity);
            return Task.CompletedTask;
        }
        if (passage.Kind == PassageKind.Unavailable)
            return refusals.UnavailableAsync(context, site, dialect.RelaysAnswers);
        // nginx makes an error of its own of any other status
        if (passage.RetryAfter is { } wait && dialect.RelaysAnswers)
            return Refusals.TooManyAsync(context, wait);
        if (configuration.IsOwnOrigin(url))
        {
            if (dialect.RelaysAnswers)
                return refusals.LoginHostProtectedAsync(context, site, url);
            reports.LoginHostProtected(context, site, StatusCodes.Status401Unauthorized, url);
        }
        if (passage.Kind == PassageKind.Denied)
            return DenyAsync(context, dialect, site, url, passage);
        return dialect.RelaysAnswers && Visit.Is(context.Request.Headers)
            ? login.StartAsync(context, site, ReturnTarget.OriginOf(site, url), ReturnTarget.To(site, url), 0, isCheck: true)
            : Refusals.UnauthorizedAsync(context);
    }

    private Task DenyAsync(HttpContext context, Dialect dialect, ProtectedSite site, in ForwardedUrl url, in Passage passage)
    {
        if (passage.IsHeaderRefused || !Visit.Is(context.Request.Headers))
            return Refusals.ForbiddenAsync(context);
        // where the answer reaches nobody, 401 leads to /start, which comes to the same verdict and shows the page
        return dialect.RelaysAnswers ? refusals.HostDeniedAsync(context, site, url) : Refusals.UnauthorizedAsync(context);
    }

    // in this one spelling only, which every text leads here: another may lead to the application
    private static bool IsOwn(in ForwardedUrl url) => url.PathAndQuery.StartsWith(OutpostPaths.Prefix + "/", StringComparison.Ordinal)
        && RequestPath.TryNormalize(url.PathAndQuery, out var path) && RequestPath.IsOwn(path);
}
