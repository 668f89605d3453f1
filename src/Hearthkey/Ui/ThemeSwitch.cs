using Hearthkey.Hosting;

namespace Hearthkey.Ui;

/// <summary>Light, dark or as the system says: kept in a cookie that the layouts read, so that no page flashes in the wrong one.</summary>
internal static class ThemeSwitch
{
    public const string Path = "/-/theme/";

    private const string Cookie = "hearthkey_theme";

    /// <summary>Own choice: a preference holds until it is changed; browsers cap a cookie's life at 400 days anyway.</summary>
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(365);

    public static string? Chosen(HttpContext c) => c.Cookie(Cookie) is ("light" or "dark") and var theme ? theme : null;

    public static void MapThemeSwitch(this IEndpointRouteBuilder routes) => routes.MapPost(Path, SwitchAsync).WithMetadata(Access.Anyone);

    private static async Task<IResult> SwitchAsync(HttpContext c, CancellationToken ct)
    {
        if (!c.Request.HasFormContentType) return c.StaleForm();
        var form = await c.Request.ReadFormAsync(ct);
        if (!Csrf.IsValid(c, form[Csrf.Field])) return c.StaleForm();
        if (form["theme"].ToString() is ("light" or "dark") and var theme)
            c.SetCookie(Cookie, theme, _lifetime);
        else
            c.DeleteCookie(Cookie);
        return c.SeeOther(LocalUrl.Or(form["back"], "/"));
    }
}
