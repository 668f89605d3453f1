using Hearthkey.OidcProvider.Rim;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>The addresses below <c>/application/o/{slug}/</c> that describe a provider.</summary>
internal static class Metadata
{
    /// <summary>The issuer's own address leads to the discovery document.</summary>
    public static Task RootAsync(HttpContext context) => Of(context) is { Application: { } application }
        ? Answers.Redirect(context, new OidcUrls(OriginOf(context), application.Slug).Discovery).ExecuteAsync(context)
        : context.NotFoundPage().ExecuteAsync(context);

    public static Task DiscoveryAsync(HttpContext context)
    {
        if (Of(context) is not { } client) return context.NotFoundPage().ExecuteAsync(context);
        Cors.Allow(context, client);
        return Answers.JsonAsync(context, StatusCodes.Status200OK, client.Discovery(OriginOf(context)), mayBeKept: true);
    }

    public static Task JwksAsync(HttpContext context)
    {
        if (Of(context) is not { } client) return context.NotFoundPage().ExecuteAsync(context);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return Answers.JsonAsync(context, StatusCodes.Status200OK, client.Jwks(OriginOf(context)), mayBeKept: true);
    }

    private static RegisteredClient? Of(HttpContext context) =>
        context.RequestServices.GetRequiredService<Snapshots>().Current.Get<ProvidersPart>().BySlug((string)context.Request.RouteValues["slug"]!);

    private static Hosting.Origin OriginOf(HttpContext context) => context.RequestServices.GetRequiredService<Engines>().OriginOf(context);
}
