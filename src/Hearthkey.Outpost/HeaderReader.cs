using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>Finds out for whom a program speaks that sends an <c>Authorization</c> header in place of a session: memory first, then the server.</summary>
/// <remarks>It makes no session and sets no cookie, see docs/decisions/0008-header-auth.md.</remarks>
internal sealed class HeaderReader(
    IOutpostCore core, OutpostOptions options, HeaderCache cache, LackOfMethods lacking, OutpostReports reports, TimeProvider time)
{
    /// <summary>Who sent the request, where that and the request are in order.</summary>
    /// <param name="method">The method that the application will be asked by; null where the proxy did not say.</param>
    /// <param name="path">The path as the application will understand it; null where that cannot be told.</param>
    /// <param name="isOpen">The path needs no login.</param>
    public async ValueTask<HeaderAnswer> ReadAsync(
        HttpContext context, HeaderCredentials credentials, long configurationVersion, ProtectedSite site, string? method, string? path, bool isOpen)
    {
        if (AttemptOf(context, credentials, !isOpen) is not { } attempt)
            return HeaderAnswer.None;
        var answer = await FindAsync(attempt, context.Request.Headers.Authorization.ToString(), configurationVersion, site, context.RequestAborted);
        return answer.Login is null || IsGoodFor(context, site, answer.Login.Limits, method, path) ? answer : HeaderAnswer.None;
    }

    /// <summary>What a header says, and who sent it; null where it cannot be read.</summary>
    public HeaderAttempt? AttemptOf(HttpContext context, HeaderCredentials credentials, bool isCounted)
    {
        if (credentials.Secret is not { } secret)
            return null;
        var (client, isCertain) = options.Client(context);
        return new(credentials.Username, secret, client, isCertain, isCounted);
    }

    /// <summary>Whom it speaks for, whatever the request is.</summary>
    /// <param name="header">The whole header, under which the answer is kept.</param>
    public async ValueTask<HeaderAnswer> FindAsync(HeaderAttempt attempt, string header, long configurationVersion, ProtectedSite site, CancellationToken ct)
    {
        var key = HeaderCache.KeyOf(site.Provider.Pk, header);
        if (cache.Find(key, configurationVersion, time.GetUtcNow()) is { } known)
            return HeaderAnswer.Found(known);
        var forgets = cache.Forgets;
        var answer = await core.AuthenticateAsync(site.Provider, attempt, ct);
        if (answer.Login is { } login)
            cache.Add(key, login, configurationVersion, time.GetUtcNow(), forgets);
        return answer;
    }

    private bool IsGoodFor(HttpContext context, ProtectedSite site, RequestLimits limits, string? method, string? path)
    {
        if (!limits.NeedsMethod || (method is not null && !lacking.Holds(site)))
            return limits.Allow(method, path);
        reports.MethodMissing(context, site);
        return false;
    }
}
