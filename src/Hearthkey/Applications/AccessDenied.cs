using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Flows;
using Hearthkey.Policies;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Applications;

/// <summary>
/// Turns somebody away from an application: a page that names it, and an event that says which binding decided. The event's action is
/// <c>policy_execution</c>, which authentik uses for results of policies: nothing failed and nothing is wrongly configured.
/// </summary>
public sealed class AccessDenied(IStore store, AuditLog audit)
{
    /// <summary>What events about an application are found by.</summary>
    public static string Subject(Application application) => $"application/{application.Pk}";

    /// <summary>The page, 403. The event is written first: an operator finds it by the reference on the page.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, Application application, Visitor who, Decision decision)
    {
        await RecordAsync(application, who.Actor(context), decision, context.Reference(), context.RequestAborted);
        return context.ErrorPage(
            StatusCodes.Status403Forbidden,
            Texts.Format(AccessStrings.DeniedTitle, application.Name),
            Texts.Format(AccessStrings.DeniedSentence, who.Account.Username, application.Name),
            AccessStrings.DeniedNext,
            action: new(AccessStrings.SwitchUser, FlowUrls.Invalidation(context)));
    }

    /// <summary>The event alone, for doors that show no page.</summary>
    public async Task RecordAsync(Application application, Actor actor, Decision decision, string? reference, CancellationToken ct)
    {
        var about = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "application", ["pk"] = application.Slug, ["name"] = application.Name };
        var what = new JsonObject { ["message"] = decision.Reason, ["passing"] = false, ["application"] = about };
        if (reference is not null) what["reference"] = reference;
        if (decision.DecidedBy is { } binding)
            what["binding"] = new JsonObject
            {
                ["pk"] = binding.Pk.ToString(),
                ["order"] = binding.Order,
                ["negate"] = binding.Negate,
                ["group"] = binding.GroupObj?.Name,
                ["user"] = binding.UserObj?.Username,
            };
        await store.WriteAsync(async db =>
        {
            await audit.AppendCoalescedAsync(db, EventActions.PolicyExecution, "authentik.core", actor, Subject(application), what,
                actor.Pk?.ToString(CultureInfo.InvariantCulture) ?? "");
            return true;
        }, ct);
    }
}
