using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Sessions;
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
        var throttle = visit.Get<Throttle>();
        var client = visit.Http.Edge().Client;
        if (await visit.Get<People>().FindAsync(visit.Caller.UserPk, visit.Ct) is not { IsActive: true } account) return AdminStrings.PasswordWrong;
        if (throttle.Wait(account.ThrottleKey, client) is { } delay)
            return Texts.Format(AdminStrings.PasswordWait, (int)Math.Ceiling(Math.Max(1, delay.TotalSeconds)));
        var check = PasswordCheck.Busy;
        try
        {
            check = await visit.Get<Passwords>().VerifyAsync(account, visit.Form![Field].ToString(), visit.Ct);
        }
        finally
        {
            if (check == PasswordCheck.Right) throttle.Succeeded(account.ThrottleKey, client);
            else if (check == PasswordCheck.Wrong) throttle.Failed(account.ThrottleKey, client);
            else throttle.GaveUp(account.ThrottleKey, client);
        }
        return check switch
        {
            PasswordCheck.Right => null,
            PasswordCheck.Wrong => AdminStrings.PasswordWrong,
            _ => AdminStrings.PasswordBusy,
        };
    }

    private static async Task RenewAsync(Visit visit)
    {
        var sessions = visit.Get<SignInSessions>();
        if (await sessions.FindAsync(visit.Http) is not { } session || visit.Http.Response.HasStarted) return;
        await sessions.StartAsync(visit.Http, session.UserPk, new SessionTerms(session.Amr));
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
