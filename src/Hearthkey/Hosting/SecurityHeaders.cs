namespace Hearthkey.Hosting;

/// <summary>Headers on every answer that is ours; a page may widen its own policy before it writes.</summary>
public static class SecurityHeaders
{
    /// <summary>No inline script or style, nothing from other hosts, nobody may frame us.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sets them; <c>form-action</c> is left to pages, because Chromium applies it to the redirects that follow a POST: only a flow knows where its own lead.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        // whether an application's host may be reached by plain http too is not ours to say
        if (context.Edge() is { IsOurs: true, Origin.IsHttps: true }) headers.StrictTransportSecurity = "max-age=31536000";
    }
}
