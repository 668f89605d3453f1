namespace Hearthkey.Hosting;

public static class EdgeExtensions
{
    /// <summary>Where this request came from and by which of our origins.</summary>
    public static Edge Edge(this HttpContext context)
    {
        if (context.Features.Get<Edge>() is { } known) return known;
        var edge = Hosting.Edge.Of(context);
        context.Features.Set(edge);
        return edge;
    }

    /// <summary>The name of a cookie of ours: with the <c>__Host-</c> prefix over https, plain over http, where browsers refuse the prefix.</summary>
    public static string CookieName(this HttpContext context, string name) => context.Edge().Origin.IsHttps ? "__Host-" + name : name;

    /// <summary>Sets a cookie of ours: whole host, not readable by scripts, Lax, Secure over https.</summary>
    /// <param name="age">How long the browser keeps it; null ends with the browser.</param>
    public static void SetCookie(this HttpContext context, string name, string value, TimeSpan? age = null) =>
        context.Response.Cookies.Append(context.CookieName(name), value, Options(context, age));

    public static void DeleteCookie(this HttpContext context, string name) =>
        context.Response.Cookies.Delete(context.CookieName(name), Options(context, null));

    public static string? Cookie(this HttpContext context, string name) => context.Request.Cookies[context.CookieName(name)];

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Edge().Origin.IsHttps,
        MaxAge = age,
        IsEssential = true,
    };
}
