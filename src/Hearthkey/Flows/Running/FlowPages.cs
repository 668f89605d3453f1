using System.Globalization;
using Hearthkey.Flows.Slices;
using Hearthkey.Hosting;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Running;

/// <summary>The answers of a flow that are pages.</summary>
internal static class FlowPages
{
    /// <summary>A header must stay below 4 KB, which is what proxies take (own choice).</summary>
    private const int MostTargets = 30;

    public static IResult Ask(FlowVisit visit, StageAsked asked, Guid binding, (Html? Above, Html? Below)? aside)
    {
        if (asked.RetryAfter is { } wait)
            visit.Http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        NameTargets(visit);
        return visit.Http.Page(FlowPage.Create(new(asked.Challenge.FlowInfo.Title, visit.Url(visit.Id))
        {
            Sentence = visit.Purpose is { } purpose ? Texts.Format(FlowStrings.ContinueTo, purpose.ApplicationName) : null,
            Problem = asked.Challenge.Error("non_field_errors"),
            Part = asked.Part,
            Above = aside?.Above,
            Below = aside?.Below,
            Hidden = [("state", visit.Id), ("step", binding.ToString())],
        }), asked.Status);
    }

    /// <summary>Something would happen by itself, and nobody vouches that the person wanted it: ask.</summary>
    public static IResult Confirm(FlowVisit visit, StageRun run)
    {
        NameTargets(visit);
        return visit.Http.Page(FlowPage.Create(new(IsSignOut(visit) ? FlowStrings.SignOut : run.Info.Title, visit.Url(visit.Id))
        {
            Sentence = IsSignOut(visit) ? FlowStrings.ConfirmSignOut : FlowStrings.ConfirmGoOn,
            Button = IsSignOut(visit) ? FlowStrings.SignOut : FlowStrings.Continue,
            Hidden = [("state", visit.Id), ("step", run.Binding.Pk.ToString())],
        }));
    }

    public static IResult Denied(FlowVisit visit, StageRun run, string message)
    {
        var action = visit.Plan.Flow.DeniedAction;
        if (action == "continue") return visit.Http.SeeOther(visit.State.Next ?? "/");
        var challenge = new AccessDeniedChallenge(run.Info, visit.State.Login ?? "", "", message);
        return visit.Http.Page(DeniedPage.Create(new(challenge, action == "message_continue" ? visit.RestartUrl : null)), StatusCodes.Status403Forbidden);
    }

    public static IResult Refused(FlowVisit visit, StageWriteException refusal) => visit.Http.ErrorPage(
        StatusCodes.Status422UnprocessableEntity, refusal.Title, refusal.Message, refusal.Next, action: new(FlowStrings.StartAgain, visit.RestartUrl));

    /// <summary>Another answer was quicker: show where things stand now.</summary>
    public static IResult Overtaken(FlowVisit visit) => visit.Http.SeeOther(visit.Url(visit.Id));

    public static IResult Expired(FlowVisit visit) => visit.Http.ErrorPage(
        StatusCodes.Status410Gone, FlowStrings.ExpiredTitle, FlowStrings.ExpiredSentence, FlowStrings.ExpiredNext,
        action: new(FlowStrings.StartAgain, visit.RestartUrl));

    public static IResult TooMany(FlowVisit visit)
    {
        visit.Http.Response.Headers.RetryAfter = ((int)FlowStateRows.Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return visit.Http.ErrorPage(StatusCodes.Status429TooManyRequests, FlowStrings.ManyFlowsTitle, FlowStrings.ManyFlowsSentence, FlowStrings.ManyFlowsNext);
    }

    // which page is the last one is not known before its answer: a passed stage may be the last
    private static void NameTargets(FlowVisit visit)
    {
        IEnumerable<string> targets = visit.State.Next is { } next
            ? visit.Http.RequestServices.GetServices<FormTargetSource>().SelectMany(s => s.Find(visit.Http, next)).Distinct(StringComparer.Ordinal).Take(MostTargets)
            : [];
        visit.Http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy + "; form-action " + string.Join(' ', ["'self'", .. targets]);
    }

    private static bool IsSignOut(FlowVisit visit) => visit.Plan.Flow.Designation == "invalidation";
}
