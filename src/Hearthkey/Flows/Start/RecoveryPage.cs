using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Flows.Slices;
using Hearthkey.Hosting;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Start;

/// <summary><c>/recovery/use-token/…/</c>: sets a new password with a recovery link and signs in.</summary>
internal sealed class RecoveryPage(RecoveryLink link, Passwords passwords, SignInSessions sessions, IStore store, AuditLog audit)
{
    public async Task<IResult> VisitAsync(HttpContext http, string key)
    {
        var ct = http.RequestAborted;
        if (await link.FindAsync(key, ct) is not { } account) return Old(http);
        if (!HttpMethods.IsPost(http.Request.Method)) return Ask(http, account, null, null);
        var form = await http.Request.ReadFormAsync(ct);
        if (!Csrf.IsValid(http, form[Csrf.Field])) return http.StaleForm();
        var password = form["password"].ToString();
        if (Passwords.WhyNot(password) is { } reason) return Ask(http, account, reason, null);
        if (form["password_repeat"] != password) return Ask(http, account, null, FlowStrings.PasswordsDiffer);
        if (await passwords.HashAsync(password, ct) is not { } hash) return Ask(http, account, FlowStrings.Busy, null);
        return await SetAsync(http, key, account, hash);
    }

    private async Task<IResult> SetAsync(HttpContext http, string key, Account account, HashedPassword hash)
    {
        var actor = Actor.Of(http, account.Pk, account.Username, account.Email);
        var start = await sessions.PrepareAsync(http, account.Pk, new SessionTerms("pwd"));
        var isSet = await store.WriteAsync(async db =>
        {
            if (!await link.UseAsync(db, key)) return false;
            var setAt = await passwords.SetAsync(db, account.Pk, hash, actor);
            if (!await sessions.WriteAsync(db, start with { PasswordAt = setAt })) throw new InvalidOperationException("The link of somebody who is disabled was taken.");
            var context = new JsonObject { ["auth_method"] = "recovery_link", ["auth_method_args"] = new JsonObject(), ["http_request"] = LoginEvents.Request(http, isSecret: true) };
            await audit.AppendAsync(db, EventActions.Login, LoginEvents.App, actor, context);
            return true;
        }, http.RequestAborted);
        if (!isSet) return Old(http);
        sessions.Adopt(http, start);
        return http.SeeOther(http.Ui().Links.Admin);
    }

    private static IResult Ask(HttpContext http, Account account, string? problem, string? repeatProblem) => http.Page(
        FlowPage.Create(new(FlowStrings.RecoveryTitle, http.Request.Path)
        {
            Sentence = Texts.Format(FlowStrings.RecoverySentence, account.Username),
            Part = () => NewPasswordPart.Create(new(problem, repeatProblem)),
        }),
        problem is null && repeatProblem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Old(HttpContext http) => http.ErrorPage(
        StatusCodes.Status410Gone, FlowStrings.RecoveryOldTitle, FlowStrings.RecoveryOldSentence, FlowStrings.RecoveryOldNext,
        action: new(FlowStrings.SignIn, http.Ui().Links.Portal));
}
