using Hearthkey.Resources;
using Hearthkey.System.Endpoints;

namespace Hearthkey.System;

/// <summary>Settings, certificates and events as resources, and what the API tells of the server and of itself.</summary>
public static class SystemArea
{
    public static void AddSystem(this IServiceCollection services)
    {
        services.AddSingleton<SettingsEditor>();
        services.AddResource<Events>();
        services.AddResource<CertificateKeyPairs>();
    }

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        SettingsEndpoints.Map(routes);
        EventEndpoints.Map(routes);
        CertificateEndpoints.Map(routes);
        ServerEndpoints.Map(routes);
        DescriptionEndpoint.Map(routes);
    }
}
