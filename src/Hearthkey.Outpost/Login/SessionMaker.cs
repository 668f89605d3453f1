using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>How an attempt to turn a code into a session ended.</summary>
internal enum MakeOutcome
{
    Refused,
    Made,
    Unavailable,
}

/// <summary>Turns a code into a stored session and a cookie. The id is new each time.</summary>
internal sealed class SessionMaker(IOutpostCore core, OutpostReports reports, Refusals refusals, TimeProvider time)
{
    public async Task<MakeOutcome> MakeAsync(
        HttpContext context, ProtectedSite site, ForwardedUrl url, LoginState state, string code, LoginCookie cookie)
    {
        var ct = context.RequestAborted;
        var exchange = await core.ExchangeCodeAsync(site.Provider, code, site.RedirectUri, state.Verifier(site, cookie.Secret), ct);
        if (exchange.IsUnavailable)
            return MakeOutcome.Unavailable;
        if (exchange.Grant is not { } grant)
            return MakeOutcome.Refused;
        var now = time.GetUtcNow();
        var longest = now + site.Provider.AccessTokenValidity;
        var expiresAt = grant.ExpiresAt < longest ? grant.ExpiresAt : longest;
        if (expiresAt <= now)
            return MakeOutcome.Refused;

        var forDomain = NeedsDomain(site, url, state);
        var key = SessionKey.Create();
        var hostName = site.IsDomain && !forDomain ? url.HostName.ToString() : null;
        var session = new ProxySession(site.Provider.Pk, grant.UserKey, grant.SignInSessionId, hostName, expiresAt);
        if (!await core.SaveSessionAsync(key.Hash(), session, ct))
            return MakeOutcome.Unavailable;
        SessionCookie.Set(context.Response, site, key, expiresAt - now, forDomain);
        cookie.Succeeded(now).Write(context.Response, site);
        if (forDomain)
            reports.Problem(context, OutpostFinding.DomainCookie, site, 0, state.Target,
                "A login that starts on the application's own host, so that its cookie reaches no other.",
                site.Advice.Return ?? NginxDialect.Advice.Return!);
        return MakeOutcome.Made;
    }

    /// <summary>The second failure in a row: a page, and a word to the operator.</summary>
    public Task ExplainAsync(HttpContext context, ProtectedSite site, LoginState state, bool wasOurs)
    {
        const int status = StatusCodes.Status400BadRequest;
        var report = wasOurs
            ? reports.Problem(context, OutpostFinding.CodeRefused, site, status, "A code that the server refused twice.",
                "A code that is redeemed within a minute, with the provider's redirect URI.",
                "Look in the events for the refused exchange.")
            : reports.Problem(context, OutpostFinding.CookieLost, site, status, "A login that came back without its cookie.",
                $"The cookie {site.StateCookie}, set when the login started at {state.Origin}.",
                "Compare the scheme of the external host with what the browser uses: over plain http a browser keeps no Secure cookie.");
        var kind = wasOurs ? OutpostPageKind.LoginInvalid : OutpostPageKind.CookiesBlocked;
        return refusals.PageAsync(context, new OutpostPage(kind, status, site.Provider, report, state.Target));
    }

    // login began on the external host for another one: only a cookie of the domain can reach it
    private static bool NeedsDomain(ProtectedSite site, in ForwardedUrl url, LoginState state) =>
        site.IsDomain && url.Key.SequenceEqual(site.External.Key) && site.Domain.Contains('.', StringComparison.Ordinal)
        && HostText.IsWithin(url.HostName, site.Domain)
        && ForwardedUrl.TryParse(state.Target, out var target) && !target.HostName.SequenceEqual(url.HostName);
}
