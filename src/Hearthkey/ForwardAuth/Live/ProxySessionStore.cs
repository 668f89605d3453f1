using System.Data.Common;
using System.Globalization;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Forward-auth sessions in the database.</summary>
internal sealed class ProxySessionStore(IStore store, TimeProvider time)
{
    /// <summary>Rows in one unit of work; others wait while it runs.</summary>
    private const int Batch = 500;

    public async ValueTask<SessionLookup> FindAsync(string idHash, CancellationToken ct)
    {
        try
        {
            var found = await store.ReadAsync(db => db.OneAsync(
                $"select provider_pk, user_pk, session_uuid, host_name, expires_at from proxy_session where id_hash = {idHash}",
                r => new ProxySession(int.CreateChecked(r.Long()), int.CreateChecked(r.Long()), r.Text(), r.TextOrNull(), r.Time())), ct);
            return found is null ? SessionLookup.None : SessionLookup.Found(found);
        }
        catch (StorageUnavailableException)
        {
            return SessionLookup.Unavailable;
        }
    }

    /// <summary>False where it is not stored: the database is away, or the person or the provider has just been deleted.</summary>
    public async ValueTask<bool> SaveAsync(string idHash, ProxySession session, CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow();
            return await store.WriteAsync(async db => await db.ExecAsync(
                $"""
                insert into proxy_session (id_hash, provider_pk, user_pk, session_uuid, host_name, created_at, expires_at)
                values ({idHash}, {(long)session.ProviderKey}, {(long)session.UserKey}, {session.SignInSessionId}, {session.HostName}, {now},
                {session.ExpiresAt})
                """) > 0, ct);
        }
        catch (DbException failure) when (failure is StorageUnavailableException || failure.IsForeignKey())
        {
            return false;
        }
    }

    /// <summary>Ends all of a person's, on every node.</summary>
    public async ValueTask EndAsync(int userKey, CancellationToken ct) => await store.WriteAsync(async db =>
    {
        await EndAsync(db, userKey);
        await db.ChangedAsync(ForwardAuthChanges.SessionsEnd, userKey.ToString(CultureInfo.InvariantCulture));
        return true;
    }, ct);

    public static async ValueTask EndAsync(Db db, long userPk) => await db.ExecAsync($"delete from proxy_session where user_pk = {userPk}");

    /// <summary>Deletes those that are over, by their own time or with the sign-in that they came from.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        while (await store.WriteAsync(db => db.ExecAsync(
            $"""
            delete from proxy_session where id_hash in (select id_hash from proxy_session where expires_at < {now}
            or session_uuid not in (select uuid from session) limit {Batch})
            """), ct) >= Batch)
        {
        }
    }
}
