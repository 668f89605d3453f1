namespace Hearthkey.Outpost.Checks;

/// <summary>
/// nginx <c>auth_request</c>, and what asks the same way: Nginx Proxy Manager, ingress-nginx. The answer is 200 or 401, because nginx can
/// pass on nothing else.
/// </summary>
internal static class NginxDialect
{
    public const string Path = OutpostPaths.Auth + "/nginx";

    public static Advice Advice { get; } = new(
        "nginx",
        "Add in nginx, in location /outpost.goauthentik.io, or in its own location for /auth/nginx: proxy_set_header X-Original-URL $scheme://$http_host$request_uri;",
        "If this was no attack, use $http_host in both Host and X-Original-URL, and $host in X-Hearthkey-Host.",
        "Use $http_host instead of $host in nginx: in Host, in X-Original-URL and behind rd=. Or correct the external host.",
        "Remove auth_request and the locations of the forward-auth text from the nginx server of the login host.",
        "Write in nginx, without the login's host: return 302 /outpost.goauthentik.io/start?rd=$scheme://$http_host$request_uri;",
        "Remove the line proxy_set_header Cookie from location /outpost.goauthentik.io, or from its own location for /auth/nginx, in nginx: without it the browser's cookies are sent.")
    {
        Method = "Add in nginx, in location /outpost.goauthentik.io, or in its own location for /auth/nginx: proxy_set_header X-Original-Method $request_method;",
    };

    public static Dialect Create() => new()
    {
        IsSpoken = static (_, path) => path is Path or OutpostPaths.Auth,
        Read = OriginalUrl.Read,
        Advice = Advice,
    };
}
