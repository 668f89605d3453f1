using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Hosting;

namespace Hearthkey.Flows;

/// <summary>The check of a password, with throttle and event, for all pages that ask for one.</summary>
public sealed class PasswordFactor(Passwords passwords, Throttle throttle, AuditLog audit)
{
    /// <summary>The authentication method reference (RFC 8176).</summary>
    public const string Method = "pwd";

    /// <param name="login">What was typed as the name, for the throttle where nobody has it.</param>
    /// <param name="where">What the event says of the page, beside name and request.</param>
    public async ValueTask<PasswordAttempt> TryAsync(HttpContext http, Account? account, string login, string password, JsonObject where, CancellationToken ct)
    {
        var key = account?.ThrottleKey ?? NameKey.Of(login);
        var edge = http.Edge();
        if (throttle.Wait(key, edge.Client, edge.IsClientCertain) is { } wait) return new() { Wait = wait };
        var answer = new PasswordAnswer(PasswordCheck.Busy);
        try
        {
            answer = await passwords.VerifyAsync(account, password, ct);
        }
        finally
        {
            if (answer.Check == PasswordCheck.Busy) throttle.GaveUp(key, edge.Client, edge.IsClientCertain);
        }
        if (answer.Check == PasswordCheck.Busy) return new() { IsBusy = true };
        if (answer is { Check: PasswordCheck.Right, SetAt: { } setAt } && account is { MaySignIn: true })
        {
            throttle.Succeeded(key, edge.Client, edge.IsClientCertain);
            return new() { Proved = (account, setAt) };
        }
        throttle.Failed(key, edge.Client, edge.IsClientCertain);
        // what was typed for nobody's name is left out: people type passwords there
        where["username"] = account?.Username ?? "";
        where["http_request"] = LoginEvents.Request(http);
        where["reason"] = (account, answer.Check) switch
        {
            (null, _) => "nobody has the name that was typed",
            ({ IsActive: true }, PasswordCheck.Right) => "it is a service account, which signs in with tokens; the password was right",
            (_, PasswordCheck.Right) => "the account is disabled; the password was right",
            _ => "wrong password",
        };
        // the person of the event is nobody: who typed it is not known
        var actor = Actor.Unknown(http);
        return new() { RecordAsync = db => audit.AppendCoalescedAsync(db, EventActions.LoginFailed, LoginEvents.App, actor, Subject(account), where) };
    }

    private static string? Subject(Account? account) =>
        account is null ? null : string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"user/{account.Pk}");
}
