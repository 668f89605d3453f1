using Hearthkey.Flows.Slices;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Running;

/// <summary>Where a flow leads when its last stage is passed.</summary>
internal sealed class FlowDone(SignInSessions sessions)
{
    public async Task<IResult> ShowAsync(FlowVisit visit)
    {
        var http = visit.Http;
        switch (visit.Plan.Flow.Designation)
        {
            case "authentication" when await sessions.FindAsync(http) is null:
                // going on would come back here at once
                return http.ErrorPage(StatusCodes.Status403Forbidden, FlowStrings.NotSignedInTitle, FlowStrings.NotSignedInSentence, FlowStrings.NotSignedInNext);
            case "authentication":
                return http.SeeOther(visit.State.Next ?? http.Ui().Links.Portal);
            case "invalidation" when visit.State.Next is null:
                var isSignedIn = await sessions.FindAsync(http) is not null;
                return http.Page(SignedOutPage.Create(new(visit.Info(null).Title, isSignedIn)));
            default:
                return http.SeeOther(visit.State.Next ?? "/");
        }
    }
}
