using Hearthkey.Flows;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Applications.Endpoints;

/// <summary><c>/application/launch/{slug}/</c>: signs in where that is needed, then opens the application.</summary>
internal static class Launch
{
    public static async Task HandleAsync(HttpContext context) => await (await AnswerAsync(context)).ExecuteAsync(context);

    private static async Task<IResult> AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var snapshot = services.GetRequiredService<Snapshots>().Current;
        if (await Visitor.FindAsync(context) is not { } who)
            return context.SeeOther(FlowUrls.Login(context, context.Request.PathBase + context.Request.Path + context.Request.QueryString));
        var slug = (string)context.Request.RouteValues["slug"]!;
        if (snapshot.Get<ApplicationsPart>().BySlug(slug) is not { } application) return context.NotFoundPage();
        var decision = AccessCheck.Decide(snapshot, application, who.Account);
        if (!decision.IsAllowed) return await services.GetRequiredService<AccessDenied>().AnswerAsync(context, application, who, decision);
        if (services.GetRequiredService<LaunchUrls>().Of(snapshot, application, who.Account) is { } url) return context.SeeOther(url);
        return context.ErrorPage(
            StatusCodes.Status404NotFound,
            Texts.Format(AccessStrings.NowhereTitle, application.Name),
            Texts.Format(AccessStrings.NowhereSentence, application.Name),
            AccessStrings.NowhereNext);
    }
}
