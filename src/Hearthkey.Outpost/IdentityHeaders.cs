using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>
/// The headers of every 200. All twelve are always there, empty where there is nobody: a proxy that copies them overwrites what a client
/// sent under these names.
/// </summary>
internal sealed class IdentityHeaders(string version, TimeProvider time)
{
    private static readonly StringValues _empty = "";
    private readonly StringValues _version = "goauthentik.io/outpost/" + version;

    /// <summary>Writes them on the answer to a check, with the <c>User-Agent</c> that came.</summary>
    public void Write(HttpContext context, ProtectedSite site, Identity? identity)
    {
        var headers = context.Response.Headers;
        var agent = context.Request.Headers.UserAgent;
        headers.UserAgent = agent.Count == 1 && !agent[0].AsSpan().ContainsAnyExceptInRange(' ', '~') ? agent : _empty;
        // a text that hands on the Authorization of the answer must not take the client's own away from an open path
        if (identity is null && site.Provider.InjectsAuthorization)
            headers.Authorization = context.Request.Headers.Authorization is [{ } own] ? own : _empty;
        // our scripts for proxies hand on, and take out of what came, whatever stands here
        if (site.MoreNames.Length > 0)
            headers["X-Hearthkey-Names"] = site.MoreNames;
        Write(headers, site, identity);
    }

    /// <summary>Writes them on an answer, or in proxy mode on the request to the application.</summary>
    public void Write(IHeaderDictionary headers, ProtectedSite site, Identity? identity)
    {
        headers["X-authentik-username"] = identity?.Username ?? "";
        headers["X-authentik-groups"] = identity?.Groups ?? "";
        headers["X-authentik-entitlements"] = identity?.Entitlements ?? "";
        headers["X-authentik-email"] = identity?.Email ?? "";
        headers["X-authentik-name"] = identity?.Name ?? "";
        headers["X-authentik-uid"] = identity?.Uid ?? "";
        headers["X-authentik-jwt"] = identity?.Statements is { } statements ? statements.At(time.GetUtcNow()) : _empty;
        headers["X-authentik-meta-jwks"] = site.Jwks;
        headers["X-authentik-meta-outpost"] = site.OutpostName;
        headers["X-authentik-meta-provider"] = site.ProviderName;
        headers["X-authentik-meta-app"] = site.Application;
        headers["X-authentik-meta-version"] = _version;
        site.Provider.HeaderNames.Write(headers, identity);
        if (identity?.Authorization is { } authorization)
            headers.Authorization = authorization;
        if (identity?.Additional is not { } additional)
            return;
        foreach (var header in additional.Headers)
            headers[header.Key] = header.Value;
    }
}
