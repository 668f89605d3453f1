namespace Hearthkey.Outpost.Checks;

/// <summary>Apache with <c>deploy/apache/hearthkey.lua</c>: sends <c>X-Original-URL</c>, and sends people to <c>/start</c> itself.</summary>
internal static class ApacheDialect
{
    public static Dialect Create() => new()
    {
        IsSpoken = static (_, path) => path == OutpostPaths.Auth + "/apache",
        Read = OriginalUrl.Read,
        Advice = new(
            "Apache",
            "Use deploy/apache/hearthkey.lua as it is: it sends X-Original-URL with scheme, host and the request line's address.",
            "If this was no attack, write UseCanonicalName Off in Apache's virtual host, so that Host and X-Original-URL come from the same place.",
            "Write UseCanonicalName Off in Apache's virtual host, so that the port of the request is kept. Or correct the external host.",
            "Remove LuaHookAccessChecker from the Apache virtual host of the login.",
            "Use deploy/apache/hearthkey.lua as it is: it sends people to /outpost.goauthentik.io/start with the whole address behind rd=.",
            "Remove RequestHeader unset Cookie from Apache's virtual host: the check is sent with the headers of the request.")
        {
            Method = "Use deploy/apache/hearthkey.lua as it is: it sends X-Original-Method with the method of the request.",
        },
    };
}
