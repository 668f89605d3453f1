using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>
/// <c>/callback</c>: ends a login. Where it started on another host of the domain, that host's own callback is sent the code, which works
/// once, briefly, and only with the secret of the browser that began there; so each host gets a cookie that no other host sees.
/// </summary>
internal sealed class CallbackEndpoint(SessionMaker maker, LoginRedirect login, SessionReader reader, Refusals refusals, TimeProvider time)
{
    private static readonly string[] _errors =
    [
        "access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "server_error",
        "temporarily_unavailable", "interaction_required", "login_required", "account_selection_required", "consent_required",
    ];

    public async Task HandleAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        var query = context.Request.QueryString.Value;
        var stateText = RawQuery.Single(query, "state");
        var state = LoginState.Read(site, stateText);
        if (RawQuery.Single(query, "error") is { } error)
        {
            await ShowErrorAsync(context, site, error, state);
            return;
        }
        var code = RawQuery.Single(query, "code");
        if (state is null || string.IsNullOrEmpty(code) || code.Length > 2048)
        {
            await RefuseAsync(context, site);
            return;
        }
        if (ReturnTarget.OriginOf(site, url) != state.Origin)
        {
            await HandOverAsync(context, configuration, site, url, state, $"&code={Uri.EscapeDataString(code)}&state={stateText}");
            return;
        }
        var cookie = LoginCookie.Read(context.Request, site);
        if (LoginCookie.ReadUnseen(context.Request, site) is { } unseen && state.BelongsTo(unseen.Secret))
        {
            // that check could not count: what the browser has counted is only seen here
            var counted = ((cookie ?? unseen) with { Secret = unseen.Secret }).Begun(time.GetUtcNow());
            if (counted.GoesRound)
            {
                await login.StopAsync(context, site, counted, state.Target);
                return;
            }
            cookie = counted;
        }
        var isOurs = state.BelongsTo(cookie?.Secret) && state.ExpiresAt > time.GetUtcNow();
        var outcome = isOurs ? await maker.MakeAsync(context, site, url, state, code, cookie!.Value) : MakeOutcome.Refused;
        if (outcome == MakeOutcome.Unavailable)
            await refusals.PageAsync(context, new OutpostPage(OutpostPageKind.Unavailable, 503, site.Provider, RetryUrl: state.Target));
        else if (outcome == MakeOutcome.Made)
            context.Response.Redirect(state.Target);
        else
            await RecoverAsync(context, configuration, site, url, state, isOurs);
    }

    // a reload, a second tab or a lost cookie: whoever is signed in goes on, others get one more login, then an explanation
    private async Task RecoverAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, LoginState state, bool isOurs)
    {
        var answer = await reader.OfBrowserAsync(context, site, url.HostName.ToString(), configuration.Version);
        if (answer.Cached is not null)
            context.Response.Redirect(state.Target);
        else if (state.Attempt == 0)
            await login.StartAsync(context, site, state.Origin, state.Target, 1);
        else
            await maker.ExplainAsync(context, site, state, isOurs);
    }

    private Task HandOverAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url, LoginState state,
        string arguments)
    {
        // only the external host hands over, and only to a host that is this provider's now
        if (!url.Key.SequenceEqual(site.External.Key) || !ForwardedUrl.TryParse(state.Origin, out var origin)
            || configuration.Find(origin) != site)
            return RefuseAsync(context, site);
        context.Response.Redirect(state.Origin + OutpostPaths.Callback + "?" + OutpostPaths.CallbackFlag + "=true" + arguments);
        return Task.CompletedTask;
    }

    private Task ShowErrorAsync(HttpContext context, ProtectedSite site, string error, LoginState? state)
    {
        // nothing that a link can say is repeated, only what the specifications know
        var known = Array.Find(_errors, e => e == error);
        var isDenied = known == "access_denied";
        return refusals.PageAsync(context, new OutpostPage(
            OutpostPageKind.AuthorizationRefused, isDenied ? 403 : 400, site.Provider, RetryUrl: state?.Target, Error: known));
    }

    private Task RefuseAsync(HttpContext context, ProtectedSite site) => refusals.PageAsync(
        context, new OutpostPage(OutpostPageKind.LoginInvalid, 400, site.Provider, RetryUrl: site.Provider.ExternalHost));
}
