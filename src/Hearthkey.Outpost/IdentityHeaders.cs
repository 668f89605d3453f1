using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>
/// The headers of every 200. All twelve are always there, empty where there is nobody: a proxy that copies them overwrites what a client
/// sent under these names.
/// </summary>
internal sealed class IdentityHeaders(string version)
{
    private static readonly StringValues _empty = "";
    private readonly StringValues _version = "goauthentik.io/outpost/" + version;

    public void Write(HttpContext context, ProtectedSite site, Identity? identity)
    {
        var headers = context.Response.Headers;
        headers["X-authentik-username"] = identity?.Username ?? "";
        headers["X-authentik-groups"] = identity?.Groups ?? "";
        headers["X-authentik-entitlements"] = identity?.Entitlements ?? "";
        headers["X-authentik-email"] = identity?.Email ?? "";
        headers["X-authentik-name"] = identity?.Name ?? "";
        headers["X-authentik-uid"] = identity?.Uid ?? "";
        headers["X-authentik-jwt"] = _empty;
        headers["X-authentik-meta-jwks"] = site.Jwks;
        headers["X-authentik-meta-outpost"] = site.OutpostName;
        headers["X-authentik-meta-provider"] = site.ProviderName;
        headers["X-authentik-meta-app"] = site.Application;
        headers["X-authentik-meta-version"] = _version;
        var agent = context.Request.Headers.UserAgent;
        headers.UserAgent = agent.Count == 1 && !agent[0].AsSpan().ContainsAnyExceptInRange(' ', '~') ? agent : _empty;
        if (identity?.Additional is not { } additional)
            return;
        foreach (var header in additional.Headers)
            headers[header.Key] = header.Value;
    }
}
