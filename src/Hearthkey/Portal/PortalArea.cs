using Hearthkey.Hosting;
using Hearthkey.Portal.Pages;

namespace Hearthkey.Portal;

/// <summary>The portal, <c>/if/user/</c>: the applications that a person may open. It owns no data.</summary>
public static class PortalArea
{
    /// <summary>Where people find their applications.</summary>
    public const string Path = "/if/user/";

    public static void AddPortal(this IServiceCollection services) => services.AddSingleton<MyApplications>();

    public static void MapPortal(this IEndpointRouteBuilder routes)
    {
        var page = routes.ServiceProvider.GetRequiredService<MyApplications>();
        routes.MapGet(Path, (RequestDelegate)(async c => await (await page.ShowAsync(c)).ExecuteAsync(c))).WithMetadata(Access.Person);
    }
}
