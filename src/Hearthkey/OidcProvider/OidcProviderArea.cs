using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider.Endpoints;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>OpenID Connect for apps: providers, endpoints, codes, grants and their end. The protocol itself is <c>Hearthkey.Oidc</c>.</summary>
public static class OidcProviderArea
{
    /// <summary>Own choice: dead rows do no harm, there are only many of them.</summary>
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(5);

    public static void AddOidcProvider(this IServiceCollection services)
    {
        services.AddResource<OAuth2Providers>();
        services.AddProviderKind(OAuth2Providers.Described);
        // without its key a provider would sign with the client's secret, which its app does not expect
        services.AddSingleton(new Reference(KeyPairs.Kind, OAuth2Providers.Kind, ReferenceAction.SetNull,
            key => $"select cast(p.pk as text), p.name from provider p join oauth2_provider o on o.pk = p.pk where o.signing_key = {key}")
        {
            IsProtecting = true,
        });
        services.AddSnapshotPart([KeyPairs.Kind], (s, _, snapshot) => new ValueTask<SigningKeys>(SigningKeys.Load(snapshot.Get<KeyPairs>(), s.GetRequiredService<Vault>())));
        services.AddSnapshotPart([Providers.Kind, ApplicationResource.Kind, ScopeMappings.Kind, KeyPairs.Kind], ProvidersPart.LoadAsync);
        services.AddSingleton(new ClientSource(OAuth2Clients.LoadAsync));
        services.AddSingleton(new PurposeSource(Purposes.Find));
        services.AddSingleton(new FormTargetSource(FormTargets.Find));
        services.AddSingleton(new UserEnding(EndAsync));
        services.AddSingleton<GrantMemory>();
        services.AddSingleton<GrantKeys>();
        services.AddSingleton<GrantParts>();
        services.AddSingleton<SubjectNames>();
        services.AddSingleton<Engines>();
        services.AddSingleton<ConfigurationErrors>();
        services.AddSingleton<AuthorizeEvents>();
        services.AddSingleton<Authorize>();
        services.AddSingleton<EndSession>();
        services.AddSingleton(s => new OidcCore(s.GetRequiredService<Engines>()));
        services.AddSingleton(s => new Periodic("sweep codes and grants", _sweepEvery, ct => SweepAsync(
            s.GetRequiredService<IStore>(), s.GetRequiredService<TimeProvider>().GetUtcNow(), ct)));
    }

    public static void MapOidcProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapResource(routes.ServiceProvider.GetRequiredService<OAuth2Providers>());
        routes.MapApi("GET", "providers/oauth2/{key}/setup_urls/", Access.Admin, SetupUrls.HandleAsync)
            .WithMetadata(new AnswerShape(OidcProviderJson.Default.SetupUrlList));
        routes.MapApi("GET", "providers/oauth2/{key}/preview_user/", Access.Admin, SetupUrls.PreviewAsync)
            .WithMetadata(new AnswerShape(OidcProviderJson.Default.ClaimsPreview, "for_user"));
        Map(routes, Authorize.Path, ["GET", "POST"], Authorize.HandleAsync, Access.Anyone);
        Map(routes, "/application/o/token/", ["POST"], IssueTokens.HandleAsync, Access.Client);
        Map(routes, "/application/o/token/", ["OPTIONS"], Cors.PreflightAsync, Access.Anyone);
        Map(routes, "/application/o/userinfo/", ["GET", "POST"], UserClaims.HandleAsync, Access.Bearer);
        Map(routes, "/application/o/userinfo/", ["OPTIONS"], Cors.PreflightAsync, Access.Anyone);
        Map(routes, "/application/o/introspect/", ["POST"], Introspect.HandleAsync, Access.Client);
        Map(routes, "/application/o/{slug}/", ["GET"], Metadata.RootAsync, Access.Anyone);
        Map(routes, "/application/o/{slug}/.well-known/openid-configuration", ["GET"], Metadata.DiscoveryAsync, Access.Anyone);
        Map(routes, "/application/o/{slug}/.well-known/openid-configuration", ["OPTIONS"], Cors.PreflightAsync, Access.Anyone);
        Map(routes, "/application/o/{slug}/jwks/", ["GET"], Metadata.JwksAsync, Access.Anyone);
        Map(routes, "/application/o/{slug}/end-session/", ["GET", "POST"], EndSession.HandleAsync, Access.Anyone);
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string[] methods, RequestDelegate handle, Access access) =>
        routes.MapMethods(path, methods, handle).WithMetadata(access);

    private static async ValueTask EndAsync(Db db, long userPk)
    {
        await CodeRows.EndAllAsync(db, userPk);
        await GrantRows.EndAllAsync(db, userPk);
    }

    private static async Task SweepAsync(IStore store, DateTimeOffset now, CancellationToken ct)
    {
        const int batch = 500;
        while (await store.WriteAsync(
            async db => await CodeRows.SweepAsync(db, now, batch) + await GrantRows.SweepAsync(db, now, batch), ct) >= batch)
        {
        }
    }
}
