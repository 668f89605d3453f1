using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// HAProxy: asks as nginx does, but by <c>HEAD</c>. With our <c>hearthkey.lua</c>, which sends what is needed by itself, or with the
/// <c>auth-request</c> script of authentik's users (<c>lua.auth-intercept</c>), which sends the headers that its line lists.
/// </summary>
internal static class HaproxyDialect
{
    public static Dialect Create() => new()
    {
        IsSpoken = static (request, path) => path == NginxDialect.Path && HttpMethods.IsHead(request.Method),
        Read = OriginalUrl.Read,
        Advice = new(
            "HAProxy",
            "Use hearthkey.lua as it is: it sends X-Original-URL. With lua.auth-intercept, add in HAProxy before it: http-request set-header X-Original-URL https://%[req.hdr(host)]%[pathq]; and list x-original-url among its headers.",
            "If this was no attack, change Host in HAProxy only after the check. With lua.auth-intercept, build X-Original-URL from req.hdr(host), and send x-hearthkey-host only from the same value.",
            "Keep the port in Host until HAProxy has asked; with lua.auth-intercept, build X-Original-URL from %[req.hdr(host)], which has it. Or correct the external host.",
            "Remove lua.hearthkey or lua.auth-intercept from the HAProxy frontend of the login host, or exclude that host with an acl.",
            "Write in HAProxy, behind /outpost.goauthentik.io/start?rd=, %[var(txn.hearthkey_url),url_enc] with lua.hearthkey, or %[hdr(x-original-url),url_enc] with lua.auth-intercept.",
            "Take out of HAProxy what removes Cookie before the check. With lua.auth-intercept, list cookie among its headers: only listed ones are sent.")
        {
            Method = "Use hearthkey.lua as it is: it sends X-Original-Method. With lua.auth-intercept, add in HAProxy before it: http-request set-header X-Original-Method %[method]; and list x-original-method among its headers.",
        },
    };
}
