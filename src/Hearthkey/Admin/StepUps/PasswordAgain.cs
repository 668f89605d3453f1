using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Admin.StepUps;

/// <summary>
/// What a resource refuses without a recent password (DESIGN 6.9) is asked for on a page that sends the same form again, together with the
/// password. When that has done what it was for, the session counts as proved anew.
/// </summary>
public static class PasswordAgain
{
    /// <summary>Field of the password; fields whose name begins so are never repeated in a page.</summary>
    public const string Field = "password_again";

    /// <summary>Does what a form asks for: as proved, where it carries the right password.</summary>
    public static async Task<IResult> RunAsync(Visit visit, Func<Visit, Task<IResult>> page)
    {
        if (!visit.Form!.ContainsKey(Field)) return await page(visit);
        if (await WhyNotAsync(visit) is { } problem) return Ask(visit, problem);
        var proved = visit with { Caller = visit.Caller with { AuthAt = visit.Get<TimeProvider>().GetUtcNow() } };
        var answer = await page(proved);
        // a form that comes back with errors still carries the token of the session as it was
        if (!IsPage(answer)) await RenewAsync(visit);
        return answer;
    }

    /// <summary>The page that asks, in answer to a refusal.</summary>
    public static IResult Ask(Visit visit, string? problem = null)
    {
        var fields = (visit.Form ?? FormCollection.Empty)
            .Where(f => f.Key != Csrf.Field && !f.Key.StartsWith("password", StringComparison.Ordinal))
            .SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? ""));
        var content = new PasswordQuestion(visit.Http.Request.Path, [.. fields], problem, Back(visit));
        return visit.Http.Page(Slices.PasswordPage.Create(content), problem is null ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The same before a form that itself holds a secret: null where the proof is recent.</summary>
    public static IResult? AskIfDue(Visit visit) => StepUp.IsDue(visit.Caller, visit.Get<TimeProvider>().GetUtcNow()) ? Ask(visit) : null;

    private static bool IsPage(IResult answer) => answer is RazorSlices.RazorSlice;

    private static async Task<string?> WhyNotAsync(Visit visit)
    {
        if (await visit.Get<People>().FindAsync(visit.Caller.UserPk, visit.Ct) is not { IsActive: true } account) return AdminStrings.PasswordWrong;
        var where = new JsonObject { ["page"] = "password asked again" };
        var attempt = await visit.Get<PasswordFactor>().TryAsync(visit.Http, account, account.Username, visit.Form![Field].ToString(), where, visit.Ct);
        if (attempt.Wait is { } delay) return Texts.Format(AdminStrings.PasswordWait, (int)Math.Ceiling(Math.Max(1, delay.TotalSeconds)));
        if (attempt.IsBusy) return AdminStrings.PasswordBusy;
        if (attempt.RecordAsync is not { } record) return null;
        await visit.Get<IStore>().WriteAsync(async db =>
        {
            await record(db);
            return true;
        }, visit.Ct);
        return AdminStrings.PasswordWrong;
    }

    private static async Task RenewAsync(Visit visit)
    {
        if (!visit.Http.Response.HasStarted) await visit.Get<SignInSessions>().RenewAsync(visit.Http);
    }

    private static string Back(Visit visit) =>
        Uri.TryCreate(visit.Http.Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == visit.Http.Request.Host.Value
            ? LocalUrl.Or(from.PathAndQuery, visit.Http.Request.Path)
            : visit.Http.Request.Path;
}

/// <summary>What the page that asks for the password needs.</summary>
/// <param name="Action">Where the form is sent: the address that was refused.</param>
/// <param name="Fields">What was sent to it.</param>
public sealed record PasswordQuestion(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, string? Problem, string CancelUrl);
