using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Oidc.Introspection;
using Hearthkey.OidcProvider.Rim;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary><c>/application/o/introspect/</c></summary>
internal static class Introspect
{
    public static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (await Forms.ReadAsync(context) is not { } form)
        {
            await IssueTokens.UnreadableAsync(context);
            return;
        }
        var attempts = new ClientAttempts(services.GetRequiredService<Throttle>(), context.Edge());
        var engine = services.GetRequiredService<Engines>().Of(context);
        var outcome = await engine.Introspection.HandleAsync(form, context.Request.Headers.Authorization, attempts, context.RequestAborted);
        if (outcome is IntrospectionOutcome.Answered answered) await Answers.JsonAsync(context, StatusCodes.Status200OK, answered.Json);
        else await IssueTokens.RefuseAsync(context, outcome.Client, ((IntrospectionOutcome.Refused)outcome).Error);
    }
}
