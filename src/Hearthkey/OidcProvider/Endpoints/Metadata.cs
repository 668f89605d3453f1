using Hearthkey.OidcProvider.Rim;
using Hearthkey.Ui;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>The addresses below <c>/application/o/{slug}/</c> that describe a provider.</summary>
internal static class Metadata
{
    /// <summary>The issuer's own address leads to the discovery document.</summary>
    public static Task RootAsync(HttpContext context)
    {
        var engine = EngineOf(context);
        return Of(context, engine) is { Application: { } application }
            ? Answers.Redirect(context, new OidcUrls(engine.Origin, application.Slug).Discovery).ExecuteAsync(context)
            : context.NotFoundPage().ExecuteAsync(context);
    }

    public static Task DiscoveryAsync(HttpContext context)
    {
        var engine = EngineOf(context);
        if (Of(context, engine) is not { } client) return context.NotFoundPage().ExecuteAsync(context);
        Cors.Allow(context, client);
        return Answers.JsonAsync(context, StatusCodes.Status200OK, client.Discovery(engine.Origin), mayBeKept: true);
    }

    public static Task JwksAsync(HttpContext context)
    {
        var engine = EngineOf(context);
        if (Of(context, engine) is not { } client) return context.NotFoundPage().ExecuteAsync(context);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return Answers.JsonAsync(context, StatusCodes.Status200OK, client.Jwks(engine.Origin), mayBeKept: true);
    }

    private static RegisteredClient? Of(HttpContext context, Engine engine) => engine.Providers.BySlug((string)context.Request.RouteValues["slug"]!);

    private static Engine EngineOf(HttpContext context) => context.RequestServices.GetRequiredService<Engines>().Of(context);
}
