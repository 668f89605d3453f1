using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Sessions;

/// <summary>The session of a request together with the account it belongs to.</summary>
public sealed class SignedIn(SignInSessions sessions, People people)
{
    /// <summary>Who is signed in, active and known; null for nobody. Pages call it before they render, so that layouts know the person.</summary>
    /// <exception cref="Storage.StorageUnavailableException">Nobody can say: the database is away.</exception>
    public async ValueTask<(SignInSession Session, Account Account)?> FindAsync(HttpContext context)
    {
        if (await sessions.FindAsync(context) is not { } session) return null;
        if (await people.FindAsync(session.UserPk, context.RequestAborted) is not { IsActive: true } account) return null;
        context.Features.Set(new Known(account));
        return (session, account);
    }

    internal async ValueTask<Caller?> FindCallerAsync(HttpContext context)
    {
        if (await FindAsync(context) is not var (session, account)) return null;
        return new(account.Pk, account.Uuid, account.Username, account.Email, account.IsSuperuser, IsBrowser: true, session.AuthAt) { SessionUuid = session.Uuid };
    }

    /// <summary>For layouts, which cannot wait: what <see cref="FindAsync"/> found in this request.</summary>
    internal static Person? PersonOf(HttpContext context)
    {
        if (context.Features.Get<Known>() is not { Account: var account }) return null;
        return new(account.Name.Length == 0 ? account.Username : account.Name, account.Email.Length == 0 ? null : account.Email, account.IsSuperuser);
    }

    private sealed record Known(Account Account);
}
