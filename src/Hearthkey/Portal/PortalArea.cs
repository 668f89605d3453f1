using Hearthkey.Hosting;
using Hearthkey.Portal.Pages;

namespace Hearthkey.Portal;

/// <summary>The portal, <c>/if/user/</c>: the applications that a person may open, and their app passwords. It owns no data.</summary>
public static class PortalArea
{
    /// <summary>Where people find their applications.</summary>
    public const string Path = "/if/user/";

    public static void AddPortal(this IServiceCollection services)
    {
        services.AddSingleton<MyApplications>();
        services.AddSingleton<EndMySessions>();
        services.AddSingleton<AppPasswordPages>();
    }

    public static void MapPortal(this IEndpointRouteBuilder routes)
    {
        var page = routes.ServiceProvider.GetRequiredService<MyApplications>();
        var end = routes.ServiceProvider.GetRequiredService<EndMySessions>();
        Map(routes, "GET", Path, page.ShowAsync);
        Map(routes, "GET", EndMySessions.Path, EndMySessions.AskAsync);
        Map(routes, "POST", EndMySessions.Path, end.EndAsync);
        var passwords = routes.ServiceProvider.GetRequiredService<AppPasswordPages>();
        Map(routes, "GET", AppPasswordPages.Path, passwords.ShowAsync);
        Map(routes, "POST", AppPasswordPages.Path, passwords.MakeAsync);
        Map(routes, "GET", AppPasswordPages.Path + "{key}/delete/", passwords.AskToEndAsync);
        Map(routes, "POST", AppPasswordPages.Path + "{key}/delete/", passwords.EndAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, Task<IResult>> page) =>
        routes.MapMethods(path, [method], (RequestDelegate)(async c => await (await page(c)).ExecuteAsync(c))).WithMetadata(Access.Person);
}
