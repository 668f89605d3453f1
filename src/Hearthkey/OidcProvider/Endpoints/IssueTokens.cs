using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Token;
using Hearthkey.OidcProvider.Rim;

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
            await UnreadableAsync(context);
            return;
        }
        var engine = services.GetRequiredService<Engines>().Of(context);
        var attempts = new ClientAttempts(services.GetRequiredService<Throttle>(), context.Edge());
        var outcome = await engine.Token.HandleAsync(form, context.Request.Headers.Authorization, attempts, context.RequestAborted);
        if (outcome.Client is { } client) Cors.Allow(context, engine.Providers.Find(client.ClientId));
        if (outcome is TokenOutcome.Issued issued)
        {
            await Answers.JsonAsync(context, StatusCodes.Status200OK, issued.Response.ToJson());
            return;
        }
        var error = ((TokenOutcome.Refused)outcome).Error;
        await RefuseAsync(context, outcome.Client, error);
    }

    /// <summary>An error as the answer itself, and the event that tells the operator.</summary>
    internal static async Task RefuseAsync(HttpContext context, Client? client, OAuthError error)
    {
        await context.RequestServices.GetRequiredService<ConfigurationErrors>().RecordAsync(context, client, error);
        if (error.Challenge is { } challenge) context.Response.Headers.WWWAuthenticate = challenge;
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Answers.JsonAsync(context, error.Status, error.ToJson());
    }

    /// <summary>The answer to a body that is no form.</summary>
    internal static Task UnreadableAsync(HttpContext context) => Answers.JsonAsync(context, StatusCodes.Status400BadRequest, _unreadable);
}
