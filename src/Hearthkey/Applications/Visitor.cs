using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Sessions;

namespace Hearthkey.Applications;

/// <summary>Who is signed in at this browser: an active account, and the session that says so.</summary>
public sealed record Visitor(SignInSession Session, Account Account)
{
    /// <summary>Null where nobody is signed in, or only somebody who is disabled or gone.</summary>
    public static async ValueTask<Visitor?> FindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<SignInSessions>().FindAsync(context) is not { } session) return null;
        var account = await services.GetRequiredService<People>().FindAsync(session.UserPk, context.RequestAborted);
        return account is { IsActive: true } ? new(session, account) : null;
    }

    public Actor Actor(HttpContext context) => new(Account.Pk, Account.Username, Account.Email, context.Edge().Client.ToString());
}
