using Hearthkey.Oidc.Token;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary><c>/application/o/token/</c></summary>
internal static class IssueTokens
{
    private static readonly byte[] _unreadable =
        """{"error":"invalid_request","error_description":"Send the parameters as application/x-www-form-urlencoded, at most 64 KB."}"""u8.ToArray();

    public static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (await Forms.ReadAsync(context) is not { } form)
        {
            await Answers.JsonAsync(context, StatusCodes.Status400BadRequest, _unreadable);
            return;
        }
        var outcome = await services.GetRequiredService<Engines>().Of(context).Token.HandleAsync(form, context.Request.Headers.Authorization, context.RequestAborted);
        if (outcome.Client is { } client) Cors.Allow(context, services.GetRequiredService<Snapshots>().Current.Get<ProvidersPart>().Find(client.ClientId));
        if (outcome is TokenOutcome.Issued issued)
        {
            await Answers.JsonAsync(context, StatusCodes.Status200OK, issued.Response.ToJson());
            return;
        }
        var error = ((TokenOutcome.Refused)outcome).Error;
        await services.GetRequiredService<ConfigurationErrors>().RecordAsync(context, outcome.Client, error);
        if (error.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        await Answers.JsonAsync(context, error.Status, error.ToJson());
    }
}
