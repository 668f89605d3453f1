using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications.Endpoints;

/// <summary><c>core/applications/{slug}/check_access/</c>: may I, and for admins: may somebody else, and why.</summary>
internal static class CheckAccess
{
    public static async Task HandleAsync(HttpContext context, ApiCall call)
    {
        var services = context.RequestServices;
        var snapshot = services.GetRequiredService<Snapshots>().Current;
        if (snapshot.Get<ApplicationsPart>().BySlug(context.Key()) is not { } application)
        {
            await context.AnswerDetailAsync(StatusCodes.Status404NotFound, "No object matches the given query.");
            return;
        }
        var pk = call.Caller.UserPk;
        if (call.List().Argument("for_user") is { Length: > 0 } text && (!long.TryParse(text, out pk) || (pk != call.Caller.UserPk && !call.Caller.IsSuperuser)))
        {
            await context.AnswerDetailAsync(StatusCodes.Status403Forbidden, "Only administrators can ask for somebody else.");
            return;
        }
        if (await services.GetRequiredService<People>().FindAsync(pk, context.RequestAborted) is not { } who)
        {
            await context.AnswerDetailAsync(StatusCodes.Status404NotFound, "There is no such user.");
            return;
        }
        var decision = AccessCheck.Decide(snapshot, application, who);
        // the reason names groups and people: for administrators only
        await context.AnswerAsync(
            Outcome<PolicyTestResult>.Done(new(decision.IsAllowed, call.Caller.IsSuperuser ? [decision.Reason] : [], [])),
            ApplicationsJson.Default.PolicyTestResult);
    }
}

/// <summary>How bindings decided, in wire shape.</summary>
internal sealed record PolicyTestResult(bool Passing, IReadOnlyList<string> Messages, IReadOnlyList<string> LogMessages);
