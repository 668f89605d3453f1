using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>Finds out for whom a program speaks that sends an <c>Authorization</c> header in place of a session: memory first, then the server.</summary>
/// <remarks>It makes no session and sets no cookie, see docs/decisions/0008-header-auth.md.</remarks>
internal sealed class HeaderReader(IOutpostCore core, OutpostOptions options, HeaderCache cache, OutpostReports reports, TimeProvider time)
{
    /// <summary>Who sent the request, where that and the request are in order.</summary>
    /// <param name="method">The method that the application will be asked by; null where the proxy did not say.</param>
    /// <param name="path">The path as the application will understand it; null where that cannot be told.</param>
    /// <param name="isOpen">The path needs no login.</param>
    public async ValueTask<HeaderAnswer> ReadAsync(
        HttpContext context, HeaderCredentials credentials, long configurationVersion, ProtectedSite site, string? method, string? path, bool isOpen)
    {
        if (credentials.Secret is null)
            return HeaderAnswer.None;
        var key = HeaderCache.KeyOf(site.Provider.Pk, context.Request.Headers.Authorization.ToString());
        var login = cache.Find(key, configurationVersion, time.GetUtcNow());
        if (login is null)
        {
            var forgets = cache.Forgets;
            var (client, isCertain) = options.Client(context);
            var attempt = new HeaderAttempt(credentials.Username, credentials.Secret, client, isCertain, IsCounted: !isOpen);
            var answer = await core.AuthenticateAsync(site.Provider, attempt, context.RequestAborted);
            if (answer.Login is null)
                return answer;
            login = answer.Login;
            cache.Add(key, login, configurationVersion, time.GetUtcNow(), forgets);
        }
        return IsGoodFor(context, site, login.Limits, method, path) ? HeaderAnswer.Found(login) : HeaderAnswer.None;
    }

    private bool IsGoodFor(HttpContext context, ProtectedSite site, RequestLimits limits, string? method, string? path)
    {
        if (!limits.NeedsMethod || (method is not null && !site.LacksMethods(time.GetTimestamp(), time.TimestampFrequency)))
            return limits.Allow(method, path);
        reports.MethodMissing(context, site);
        return false;
    }
}
