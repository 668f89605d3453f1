namespace Hearthkey.Ui;

/// <summary>Light, dark or as the system says: kept in a cookie that the layouts read, so that no page flashes in the wrong one.</summary>
internal static class ThemeSwitch
{
    public const string Path = "/-/theme/";

    private const string Cookie = "hearthkey_theme";

    /// <summary>Own choice: a preference holds until it is changed; browsers cap a cookie's life at 400 days anyway.</summary>
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(365);

    public static string? Chosen(HttpRequest request) => request.Cookies[Cookie] is "light" or "dark" ? request.Cookies[Cookie] : null;

    public static void MapThemeSwitch(this IEndpointRouteBuilder routes) => routes.MapPost(Path, SwitchAsync).DisableAntiforgery();

    private static async Task<IResult> SwitchAsync(HttpContext c, CancellationToken ct)
    {
        if (!c.Request.HasFormContentType) return TypedResults.BadRequest();
        var form = await c.Request.ReadFormAsync(ct);
        if (c.RequestServices.GetService<CsrfSource>()?.IsValid(c, form[CsrfSource.FieldName]) == false) return c.StaleForm();
        if (form["theme"].ToString() is "light" or "dark")
            c.Response.Cookies.Append(Cookie, form["theme"].ToString(), Options(c, _lifetime));
        else
            c.Response.Cookies.Delete(Cookie, Options(c, null));
        return c.SeeOther(LocalUrl.Or(form["back"], "/"));
    }

    // the script changes it without a round trip, hence no HttpOnly
    private static CookieOptions Options(HttpContext c, TimeSpan? lifetime) =>
        new() { SameSite = SameSiteMode.Lax, Secure = c.Request.IsHttps, Path = "/", MaxAge = lifetime };
}
