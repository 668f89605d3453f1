using Hearthkey.Applications;
using Hearthkey.Flows;
using Hearthkey.Keys;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.OidcProvider.Rim;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary><c>/application/o/authorize/</c>: validate, sign in where that is needed, check access, run the authorization flow, issue a code.</summary>
internal sealed class Authorize(
    Engines engines, SubjectNames names, MasterKey key, TimeProvider time, AccessDenied denied, ConfigurationErrors errors, AuthorizeEvents events)
{
    public const string Path = "/application/o/authorize/";

    /// <summary>A sign-in that does not answer the request so often never will: another one would go round for ever.</summary>
    private const int MostTries = 3;

    public static async Task HandleAsync(HttpContext context) =>
        await (await context.RequestServices.GetRequiredService<Authorize>().AnswerAsync(context)).ExecuteAsync(context);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var parameters = HttpMethods.IsPost(context.Request.Method) ? await Forms.ReadAsync(context) : Forms.Query(context);
        if (parameters is null)
            return await errors.PageAsync(context, new(PageProblem.Request, "The app sent a form that cannot be read."));
        var arrival = Arrival.Take(parameters, key, time.GetUtcNow());
        var engine = engines.Of(context);
        return engine.Authorize.Validate(parameters) switch
        {
            AuthorizeOutcome.ShowError bad => await errors.PageAsync(context, bad.Error),
            AuthorizeOutcome.Refused refused => Answers.Redirect(context, refused.Error.Location),
            AuthorizeOutcome.Valid valid => await DecideAsync(context, engine, valid.Request, new(parameters, arrival)),
            _ => throw new InvalidOperationException("The engine gave an outcome of an unknown kind."),
        };
    }

    private async Task<IResult> DecideAsync(HttpContext context, Engine engine, AuthorizeRequest request, Sent sent)
    {
        var snapshot = engine.Snapshot;
        if (engine.Providers.Find(request.Client.ClientId) is not { Application: { } application } client) return Unassigned(context);
        var visitor = await Visitor.FindAsync(context, snapshot);
        switch (await engine.Authorize.DecideAsync(request, visitor?.Session.ToAuthentication(), sent.Arrival.At, context.RequestAborted))
        {
            case AuthorizeDecision.NeedsLogin needed:
                return SignIn(context, client, sent, isFresh: needed.Reason != LoginReason.NotSignedIn);
            case AuthorizeDecision.Refused refused:
                return Answers.Redirect(context, refused.Error.Location);
        }
        var decision = AccessCheck.Decide(snapshot, application, visitor!.Account);
        if (!decision.IsAllowed)
        {
            if (!request.Prompts.HasFlag(Prompts.Silent)) return await denied.AnswerAsync(context, application, visitor, decision);
            await denied.RecordAsync(application, visitor.Actor(context), decision, null, context.RequestAborted);
            return Answers.Redirect(context, AuthorizeEndpoint.Refuse(request, new("access_denied", "The person may not open this application.")).Location);
        }
        if (snapshot.Get<FlowsPart>().Find(client.Fields.AuthorizationFlow) is not { Stages.Count: 0 })
            return context.ErrorPage(
                StatusCodes.Status400BadRequest, OidcStrings.StagesTitle, Texts.Format(OidcStrings.StagesSentence, application.Name), OidcStrings.ErrorNext);
        if ((await names.OfAsync(client.Provider.SubMode, visitor.Account, context.RequestAborted)).Problem is { } problem)
            return await RefuseNamelessAsync(context, request, visitor, problem);
        var issuing = engine.AuthorizeFor(visitor.Session, db => events.AppendAsync(db, context, client, visitor, request));
        return await issuing.IssueAsync(request, visitor.Session.ToAuthentication(), context.RequestAborted) is { } location
            ? Answers.Redirect(context, location)
            : Unassigned(context);
    }

    // to sign in without a name of one's own would be to sign in as somebody else
    private async Task<IResult> RefuseNamelessAsync(HttpContext context, AuthorizeRequest request, Visitor visitor, string problem)
    {
        var refusal = new OAuthError("access_denied", "The account lacks what this application knows people by. An administrator finds in the events what to change.")
        {
            Detail = problem,
        };
        await errors.RecordAsync(context, request.Client, refusal, visitor.Actor(context));
        return Answers.Redirect(context, AuthorizeEndpoint.Refuse(request, refusal).Location);
    }

    private static IResult Unassigned(HttpContext context) =>
        context.ErrorPage(StatusCodes.Status400BadRequest, OidcStrings.UnassignedTitle, OidcStrings.UnassignedSentence, OidcStrings.ErrorNext);

    private IResult SignIn(HttpContext context, RegisteredClient client, Sent sent, bool isFresh)
    {
        if (sent.Arrival.Tries >= MostTries)
            return context.ErrorPage(StatusCodes.Status400BadRequest, OidcStrings.LoopTitle, OidcStrings.LoopSentence, OidcStrings.LoopNext);
        var back = QueryString.Create(sent.Parameters.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)))
            .Add(Arrival.Parameter, sent.Arrival.Next(sent.Parameters, key));
        return Answers.Redirect(context, FlowUrls.Login(context, context.Request.PathBase + Path + back, client.Fields.AuthenticationFlow, isFresh));
    }

    /// <summary>What the client sent, and when it first came.</summary>
    private sealed record Sent(List<KeyValuePair<string, string>> Parameters, Arrival Arrival);
}
