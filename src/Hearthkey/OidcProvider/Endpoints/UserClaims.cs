using Hearthkey.Oidc.UserInfo;
using Hearthkey.OidcProvider.Rim;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary><c>/application/o/userinfo/</c></summary>
internal static class UserClaims
{
    public static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var form = HttpMethods.IsPost(context.Request.Method) ? await Forms.ReadAsync(context) ?? [] : [];
        string? authorization = context.Request.Headers.Authorization;
        var engine = services.GetRequiredService<Engines>().Of(context);
        var outcome = await engine.UserInfo.HandleAsync(authorization, form, context.RequestAborted);
        if (outcome is UserInfoOutcome.Found found)
        {
            Cors.Allow(context, engine.Providers.Find(found.Client.ClientId));
            await Answers.JsonAsync(context, StatusCodes.Status200OK, found.Json);
            return;
        }
        var error = ((UserInfoOutcome.Refused)outcome).Error;
        if (error.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = error.Status;
    }
}
