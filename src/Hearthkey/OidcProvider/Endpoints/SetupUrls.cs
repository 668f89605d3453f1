using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>What an admin page shows of a provider beside its fields: the addresses to copy, and what an app would learn of somebody.</summary>
internal static class SetupUrls
{
    public static Task HandleAsync(HttpContext context, ApiCall call)
    {
        if (Find(context) is not { } client) return context.AnswerDetailAsync(StatusCodes.Status404NotFound, "No object matches the given query.");
        var origin = context.RequestServices.GetRequiredService<Engines>().OriginOf(context);
        var urls = new OidcUrls(origin, client.Application?.Slug);
        string Own(string url) => client.Application is null ? "" : url;
        var list = new SetupUrlList(
            client.Application is null && !client.Provider.HasGlobalIssuer ? "" : client.At(origin).Issuer,
            urls.Authorize, urls.Token, urls.UserInfo, Own(urls.Discovery), Own(urls.EndSession), Own(urls.Jwks), null);
        return context.AnswerAsync(Outcome<SetupUrlList>.Done(list), OidcProviderJson.Default.SetupUrlList);
    }

    public static async Task PreviewAsync(HttpContext context, ApiCall call)
    {
        var pk = call.Caller.UserPk;
        if (call.List().Argument("for_user") is { Length: > 0 } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pk)) pk = 0;
        if (Find(context) is not { } client || await context.RequestServices.GetRequiredService<People>().FindAsync(pk, context.RequestAborted) is not { } who)
        {
            await context.AnswerDetailAsync(StatusCodes.Status404NotFound, "No object matches the given query.");
            return;
        }
        var claims = Claims.Evaluate(client.Mappings, who);
        claims["sub"] = SubjectNames.Of(client.Provider.SubMode, who);
        await context.AnswerAsync(Outcome<ClaimsPreview>.Done(new(claims)), OidcProviderJson.Default.ClaimsPreview);
    }

    private static RegisteredClient? Find(HttpContext context) =>
        long.TryParse(context.Key(), NumberStyles.None, CultureInfo.InvariantCulture, out var pk)
            && context.RequestServices.GetRequiredService<Snapshots>().Current.Get<ProvidersPart>().Find(pk) is { Fields.MetaModelName: OAuth2Providers.Kind } client
                ? client
                : null;
}

/// <summary>The addresses of a provider, in wire shape; blank where it has none because no application uses it.</summary>
internal sealed record SetupUrlList(
    string Issuer, string Authorize, string Token, string UserInfo, string ProviderInfo, string Logout, string Jwks, string? DcrRegistration);

/// <summary>What an app would learn of somebody, in wire shape.</summary>
internal sealed record ClaimsPreview(global::System.Text.Json.Nodes.JsonObject Preview);
