using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Sessions;

/// <summary>Who is signed in at this browser: an active account, and the session that says so.</summary>
public sealed record Visitor(SignInSession Session, Account Account)
{
    /// <summary>Null where nobody is signed in, or only somebody who is disabled or gone. Pages call it before they render, so that layouts know the person.</summary>
    /// <exception cref="StorageUnavailableException">Nobody can say: the database is away.</exception>
    /// <param name="snapshot">The one that the request looks at; null for the present one.</param>
    public static async ValueTask<Visitor?> FindAsync(HttpContext context, Snapshot? snapshot = null)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<SignInSessions>().FindAsync(context) is not { } session) return null;
        snapshot ??= services.GetRequiredService<Snapshots>().Current;
        if (await services.GetRequiredService<People>().FindAsync(session.UserPk, snapshot, context.RequestAborted) is not { MaySignIn: true } account) return null;
        var visitor = new Visitor(session, account);
        context.Features.Set(visitor);
        return visitor;
    }

    public Actor Actor(HttpContext context) => Audit.Actor.Of(context, Account.Pk, Account.Username, Account.Email);

    internal static async ValueTask<Caller?> FindCallerAsync(HttpContext context)
    {
        if (await FindAsync(context) is not var (session, account)) return null;
        return new(account.Pk, account.Uuid, account.Username, account.Email, account.IsSuperuser, IsBrowser: true, session.AuthAt) { SessionUuid = session.Uuid };
    }

    /// <summary>For layouts, which cannot wait: what <see cref="FindAsync"/> found in this request.</summary>
    internal static Person? PersonOf(HttpContext context)
    {
        if (context.Features.Get<Visitor>() is not { Account: var account }) return null;
        return new(account.Name.Length == 0 ? account.Username : account.Name, account.Email.Length == 0 ? null : account.Email, account.IsSuperuser);
    }
}
