namespace Hearthkey.Ui;

/// <summary>
/// How every page looks and behaves: layouts, form and table pieces, icons, assets, the message catalog, error pages. It knows no feature: what
/// the layouts show of a person, a brand or the navigation comes from sources that other areas register.
/// </summary>
public static class UiArea
{
    public static void AddUi(this IServiceCollection services) => services.AddSingleton(new UiLinks());

    public static void MapUi(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapThemeSwitch();
    }
}
