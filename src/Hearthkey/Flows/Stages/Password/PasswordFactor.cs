using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Hosting;

namespace Hearthkey.Flows.Stages.Password;

/// <summary>The check itself, with throttle and event, for all pages that ask for a password.</summary>
internal sealed class PasswordFactor(Passwords passwords, Throttle throttle, AuditLog audit)
{
    /// <summary>The authentication method reference (RFC 8176).</summary>
    public const string Method = "pwd";

    public async ValueTask<PasswordOutcome> CheckAsync(StageRun run, PasswordStage stage, Account? account, string login, string password, CancellationToken ct)
    {
        var key = account?.ThrottleKey ?? NameKey.Of(login);
        var client = run.Http.Edge().Client;
        if (throttle.Wait(key, client) is { } wait) return PasswordOutcome.Throttled(wait);
        var check = PasswordCheck.Busy;
        try
        {
            check = await passwords.VerifyAsync(account, password, ct);
        }
        finally
        {
            if (check == PasswordCheck.Busy) throttle.GaveUp(key, client);
        }
        if (check == PasswordCheck.Busy) return PasswordOutcome.Busy;
        if (check == PasswordCheck.Right && account is { IsActive: true })
        {
            throttle.Succeeded(key, client);
            return PasswordOutcome.Right(account);
        }
        throttle.Failed(key, client);
        var context = Describe(run, stage, account, check == PasswordCheck.Right);
        return PasswordOutcome.Wrong(async (db, state) =>
        {
            // the person of the event is nobody: who typed it is not known
            await audit.AppendCoalescedAsync(db, EventActions.LoginFailed, LoginEvents.App, Actor.Unknown(run.ClientIp), account?.Username ?? "", context);
            return state;
        });
    }

    // what was typed for nobody's name is left out: people type passwords there
    private static JsonObject Describe(StageRun run, PasswordStage stage, Account? account, bool isDisabled)
    {
        var context = new JsonObject
        {
            ["stage"] = new JsonObject
            {
                ["app"] = "authentik_stages_password",
                ["model_name"] = "passwordstage",
                ["pk"] = stage.Pk.ToString(),
                ["name"] = stage.Name,
            },
            ["username"] = account?.Username ?? "",
            ["http_request"] = LoginEvents.Request(run.Http),
        };
        context["reason"] = (account, isDisabled) switch
        {
            (null, _) => "nobody has the name that was typed",
            (_, true) => "the account is disabled; the password was right",
            _ => "wrong password",
        };
        return context;
    }
}
