using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Resources;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>What an admin page shows of a provider beside its fields: the addresses to copy, and what an app would learn of somebody.</summary>
internal static class SetupUrls
{
    public static Task HandleAsync(HttpContext context, ApiCall call)
    {
        var engine = context.RequestServices.GetRequiredService<Engines>().Of(context);
        if (Find(context, engine) is not { } client) return context.AnswerDetailAsync(StatusCodes.Status404NotFound, "No object matches the given query.");
        var origin = engine.Origin;
        var urls = new OidcUrls(origin, client.Application?.Slug);
        string Own(string url) => client.Application is null ? "" : url;
        var list = new SetupUrlList(
            client.Application is null && !client.Provider.HasGlobalIssuer ? "" : client.At(origin).Issuer,
            urls.Authorize, urls.Token, urls.UserInfo, Own(urls.Discovery), Own(urls.EndSession), Own(urls.Jwks), null);
        return context.AnswerAsync(Outcome<SetupUrlList>.Done(list), OidcProviderJson.Default.SetupUrlList);
    }

    public static async Task PreviewAsync(HttpContext context, ApiCall call)
    {
        var services = context.RequestServices;
        var engine = services.GetRequiredService<Engines>().Of(context);
        var pk = call.Caller.UserPk;
        if (call.List().Argument("for_user") is { Length: > 0 } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pk)) pk = 0;
        if (Find(context, engine) is not { } client
            || await services.GetRequiredService<People>().FindAsync(pk, engine.Snapshot, context.RequestAborted) is not { } who)
        {
            await context.AnswerDetailAsync(StatusCodes.Status404NotFound, "No object matches the given query.");
            return;
        }
        var claims = Claims.Evaluate(client.Mappings, who);
        claims["sub"] = (await services.GetRequiredService<SubjectNames>().OfAsync(client.Provider.SubMode, who, context.RequestAborted)).Sub;
        await context.AnswerAsync(Outcome<ClaimsPreview>.Done(new(claims)), OidcProviderJson.Default.ClaimsPreview);
    }

    private static RegisteredClient? Find(HttpContext context, Engine engine) =>
        long.TryParse(context.Key(), NumberStyles.None, CultureInfo.InvariantCulture, out var pk)
            && engine.Providers.Find(pk) is { Fields.MetaModelName: OAuth2Providers.Kind } client
                ? client
                : null;
}

/// <summary>The addresses of a provider, in wire shape; blank where it has none because no application uses it.</summary>
internal sealed record SetupUrlList(
    string Issuer, string Authorize, string Token, string UserInfo, string ProviderInfo, string Logout, string Jwks, string? DcrRegistration);

/// <summary>What an app would learn of somebody, in wire shape.</summary>
internal sealed record ClaimsPreview(global::System.Text.Json.Nodes.JsonObject Preview);
