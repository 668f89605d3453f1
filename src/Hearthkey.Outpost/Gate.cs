using Hearthkey.Outpost.Proxying;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// The one decision, for checks and for proxy mode: may this request pass? Session first, then an <c>Authorization</c> header, then paths
/// that need no login, else a login; and whoever may pass, may they on this host? A known session is answered without leaving memory and without a copy of anything.
/// </summary>
internal sealed class Gate(SessionReader reader, HeaderReader headers, LackOfMethods lacking)
{
    /// <param name="methodOf">Finds the method that the application will be asked by; null: the request's own.</param>
    public ValueTask<Passage> DecideAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url, Func<HttpRequest, string?>? methodOf = null)
    {
        if (!reader.IsFresh())
            return new(Passage.Unavailable);
        // whoever asks: what the proxy leaves out for one it leaves out for all
        var method = methodOf is null ? context.Request.Method : methodOf(context.Request);
        if (method is null)
            lacking.Note(site);
        Span<SessionKey> keys = stackalloc SessionKey[SessionCookie.MaxCandidates];
        var count = SessionCookie.Read(context.Request, site, keys);
        foreach (ref readonly var key in keys[..count])
        {
            if (reader.FromMemory(key, site, url, configuration.Version) is { } cached)
                return new(Admit(site, url, Passage.Of(cached)));
        }
        return count == 0
            ? WithoutSession(context, configuration, site, url, method)
            : ReadThroughAsync(context, configuration, site, url, method);
    }

    /// <summary>What the browser's sessions say, whatever else the request brings; <see cref="Passage.Login"/> where it has none.</summary>
    public async ValueTask<Passage> OfSessionsAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url)
    {
        var answer = await reader.OfBrowserAsync(context, site, url.HostName.ToString(), configuration.Version);
        if (answer.IsUnavailable)
            return Passage.Unavailable;
        return answer.Cached is { } cached ? Admit(site, url, Passage.Of(cached)) : Passage.Login;
    }

    /// <summary>Asked again while a request is under way: whether what it began with still opens this door.</summary>
    public async ValueTask<bool> RemainsAsync(OutpostConfiguration configuration, UnderWay request, CancellationToken ct)
    {
        if (!reader.IsFresh() || configuration.Find(request.Url) is not { Provider.IsAssignedToOutpost: true } site)
            return false;
        if (request.Attempt is { } attempt)
            return (await headers.FindAsync(attempt, request.Authorization, configuration.Version, site, ct)).Login is not null;
        return (await reader.OfCookiesAsync(request.Cookies, site, request.Url.HostName.ToString(), configuration.Version, ct)).Cached is not null;
    }

    private async ValueTask<Passage> ReadThroughAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, string? method)
    {
        var passage = await OfSessionsAsync(context, configuration, site, url);
        return passage.Kind == PassageKind.Login ? await WithoutSession(context, configuration, site, url, method) : passage;
    }

    private ValueTask<Passage> WithoutSession(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url, string? method)
    {
        // a path that cannot be told for certain is protected
        var path = RequestPath.TryNormalize(url.PathAndQuery, out var normalized) ? normalized : null;
        var isOpen = IsOpen(site, url, path);
        return HeaderCredentials.TryRead(context.Request.Headers.Authorization, out var credentials)
            ? ByHeaderAsync(context, credentials, configuration.Version, site, url, method, path, isOpen)
            : new(isOpen ? Passage.Open : Passage.Login);
    }

    private async ValueTask<Passage> ByHeaderAsync(
        HttpContext context, HeaderCredentials credentials, long configurationVersion, ProtectedSite site, ForwardedUrl url, string? method,
        string? path, bool isOpen)
    {
        var answer = await headers.ReadAsync(context, credentials, configurationVersion, site, method, path, isOpen);
        if (answer.Login is { } login)
            return Admit(site, url, new Passage(PassageKind.Granted) { Program = login.Identity });
        if (isOpen)
            return Passage.Open;
        return answer.IsUnavailable ? Passage.Unavailable : Passage.Login with { IsHeaderRefused = true, RetryAfter = answer.RetryAfter };
    }

    // whoever may open the application may be kept out of this host; what everybody may have they get as nobody
    private static Passage Admit(ProtectedSite site, in ForwardedUrl url, in Passage passage)
    {
        if (site.RuleOf(url) is not { } rule || passage.Identity?.ShutHosts.Contains(rule.Mark, StringComparison.Ordinal) == false)
            return passage;
        return IsOpen(site, url, RequestPath.TryNormalize(url.PathAndQuery, out var path) ? path : null)
            ? Passage.Open
            : Passage.Denied with { IsHeaderRefused = passage.Program is not null };
    }

    /// <summary>True for a path that everybody may have.</summary>
    /// <param name="path">Normalized; null where it cannot be told: then only a host that is open as a whole is open.</param>
    internal static bool IsOpen(ProtectedSite site, in ForwardedUrl url, string? path)
    {
        var rule = site.RuleOf(url);
        if (rule is { IsOpen: true })
            return true;
        if (path is null)
            return false;
        if (rule?.SkipPaths.Matches(path) == true)
            return true;
        var rules = site.Provider.SkipPaths;
        return !rules.IsEmpty && rules.Matches(site.IsDomain ? url.Origin(site.IsHttps) + path : path);
    }
}
