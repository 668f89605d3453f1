using Hearthkey.Flows;
using Hearthkey.Oidc.Logout;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary><c>/application/o/{slug}/end-session/</c>: ends what the app has, runs the provider's invalidation flow, then leads back (RP-Initiated Logout §2).</summary>
internal sealed class EndSession(Engines engines, IStore store, ConfigurationErrors errors)
{
    /// <summary>The flow has run. Whoever adds it only skips the flow, and gets no further than a registered address.</summary>
    private const string Done = "hearthkey_done";

    public static async Task HandleAsync(HttpContext context) =>
        await (await context.RequestServices.GetRequiredService<EndSession>().AnswerAsync(context)).ExecuteAsync(context);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var engine = engines.Of(context);
        if (engine.Providers.BySlug((string)context.Request.RouteValues["slug"]!) is not { } client) return context.NotFoundPage();
        var parameters = HttpMethods.IsPost(context.Request.Method) ? await Forms.ReadAsync(context) : Forms.Query(context);
        if (parameters is null)
            return await errors.PageAsync(context, new(Oidc.Authorize.PageProblem.Request, "The app sent a form that cannot be read."));
        var isDone = parameters.RemoveAll(p => p.Key == Done) > 0;
        var outcome = EndSessionEndpoint.Validate(client.At(engine.Origin), parameters);
        if (outcome is EndSessionOutcome.ShowError bad) return await errors.PageAsync(context, bad.Error);
        var request = ((EndSessionOutcome.Valid)outcome).Request;
        if (isDone) return Answers.Redirect(context, request.Location ?? "/");
        await EndGrantsAsync(context, client, request);
        string? next = null;
        if (request.Location is not null)
            next = context.Request.PathBase + context.Request.Path
                + QueryString.Create(parameters.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))).Add(Done, "1");
        return Answers.Redirect(context, FlowUrls.Invalidation(context, next, client.Fields.InvalidationFlow));
    }

    // only a hint of this browser's session proves that the app speaks for the person who is here
    private async Task EndGrantsAsync(HttpContext context, RegisteredClient client, EndSessionRequest request)
    {
        if (request.SessionId is not { } sid || await Visitor.FindAsync(context) is not { } visitor || SessionNames.Sid(visitor.Session.Uuid) != sid) return;
        await store.WriteAsync(db => GrantRows.EndAsync(db, client.Fields.Pk, visitor.Session.Uuid), context.RequestAborted);
    }
}
