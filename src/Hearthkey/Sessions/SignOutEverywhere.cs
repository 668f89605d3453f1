using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Storage;

namespace Hearthkey.Sessions;

/// <summary>Signs a person out everywhere, with the event that says who did.</summary>
public sealed class SignOutEverywhere(IStore store, SignInSessions sessions, AuditLog audit)
{
    public Task RunAsync(long userPk, string username, Actor actor, CancellationToken ct) => store.WriteAsync(async db =>
    {
        await sessions.EndAllAsync(db, userPk);
        var user = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "user", ["pk"] = userPk, ["name"] = username };
        await audit.AppendAsync(db, EventActions.Logout, "authentik.core", actor, new JsonObject { ["user"] = user, ["everywhere"] = true });
        return true;
    }, ct);
}
