using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>HAProxy with the <c>auth-request</c> Lua script: asks as nginx does, but by <c>HEAD</c>, and only with the headers that its line lists.</summary>
internal static class HaproxyDialect
{
    public static Dialect Create() => new()
    {
        IsSpoken = static (request, path) => path == NginxDialect.Path && HttpMethods.IsHead(request.Method),
        Read = OriginalUrl.Read,
        Advice = new(
            "HAProxy",
            "Add in HAProxy, before the check: http-request set-header X-Original-URL https://%[req.hdr(host)]%[pathq]; and list x-original-url among the headers of lua.auth-intercept.",
            "If this was no attack, build X-Original-URL in HAProxy from req.hdr(host), and send x-hearthkey-host only from the same value.",
            "Build X-Original-URL in HAProxy from %[req.hdr(host)], which has the port. Or correct the external host.",
            "Remove lua.auth-intercept from the HAProxy frontend of the login host, or exclude that host with an acl.",
            "Write in HAProxy: http-request redirect location /outpost.goauthentik.io/start?rd=%[hdr(x-original-url),url_enc] if !{ var(txn.auth_response_successful) -m bool }",
            "List cookie among the headers of lua.auth-intercept in HAProxy: only listed headers are sent with the check.")
        {
            Method = "Add in HAProxy, before the check: http-request set-header X-Original-Method %[method]; and list x-original-method among the headers of lua.auth-intercept.",
        },
    };
}
