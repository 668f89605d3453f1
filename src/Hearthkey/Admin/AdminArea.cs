using Hearthkey.Admin.Pages;
using Hearthkey.Ui;

namespace Hearthkey.Admin;

/// <summary>The admin interface, <c>/if/admin/</c>: one more door to the resources, for people. It owns no data and decides nothing itself.</summary>
public static class AdminArea
{
    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton(Navigation.Source);
        services.AddSingleton<Offers>();
        services.AddSingleton<EventContext>();
        services.AddSingleton<BrandPages>();
        services.AddSingleton<GroupPages>();
        services.AddSingleton<UserPages>();
        services.AddSingleton<UserPassword>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<TokenPages>();
        services.AddSingleton<ApplicationPages>();
        services.AddSingleton<ApplicationPage>();
        services.AddSingleton<BindingPages>();
        services.AddSingleton<ProviderPages>();
        services.AddSingleton<OAuth2Pages>();
        services.AddSingleton<OAuth2Page>();
        services.AddSingleton<ProxyPages>();
        services.AddSingleton<ProxyPage>();
        services.AddSingleton<ProxyHostPages>();
        services.AddSingleton<OutpostPages>();
        services.AddSingleton<ConnectPages>();
        services.AddSingleton<NpmPages>();
        services.AddSingleton<EventPages>();
        services.AddSingleton<CertificatePages>();
        services.AddSingleton<SettingsPage>();
    }

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider;
        routes.Get(AdminPaths.Start, visit => Task.FromResult(visit.Http.SeeOther(AdminPaths.Applications)));
        pages.GetRequiredService<BrandPages>().Map(routes);
        pages.GetRequiredService<GroupPages>().Map(routes);
        pages.GetRequiredService<UserPages>().Map(routes);
        pages.GetRequiredService<UserPassword>().Map(routes);
        pages.GetRequiredService<UserSessions>().Map(routes);
        pages.GetRequiredService<TokenPages>().Map(routes);
        pages.GetRequiredService<ApplicationPages>().Map(routes);
        pages.GetRequiredService<ApplicationPage>().Map(routes);
        pages.GetRequiredService<BindingPages>().Map(routes);
        pages.GetRequiredService<ProviderPages>().Map(routes);
        pages.GetRequiredService<OAuth2Pages>().Map(routes);
        pages.GetRequiredService<OAuth2Page>().Map(routes);
        pages.GetRequiredService<ProxyPages>().Map(routes);
        pages.GetRequiredService<ProxyPage>().Map(routes);
        pages.GetRequiredService<ProxyHostPages>().Map(routes);
        pages.GetRequiredService<OutpostPages>().Map(routes);
        pages.GetRequiredService<ConnectPages>().Map(routes);
        pages.GetRequiredService<NpmPages>().Map(routes);
        pages.GetRequiredService<EventPages>().Map(routes);
        pages.GetRequiredService<CertificatePages>().Map(routes);
        pages.GetRequiredService<SettingsPage>().Map(routes);
    }
}
