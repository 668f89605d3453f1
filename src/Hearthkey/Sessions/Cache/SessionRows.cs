using Hearthkey.Storage;

namespace Hearthkey.Sessions.Cache;

/// <summary>The SQL of the table <c>session</c>.</summary>
internal static class SessionRows
{
    private const int Batch = 500;

    private static readonly SqlText _columns = SqlText.Constant("id_hash, uuid, user_pk, created_at, auth_at, amr, expires_at, idle_seconds, is_kept, last_used_at");

    public static ValueTask<SessionEntry?> FindAsync(Db db, string idHash) =>
        db.OneAsync($"select {_columns} from session where id_hash = {idHash}", Read);

    public static ValueTask<SessionEntry?> FindAsync(Db db, Guid uuid) =>
        db.OneAsync($"select {_columns} from session where uuid = {uuid}", Read);

    public static async ValueTask InsertAsync(Db db, NewSession start, DateTimeOffset now)
    {
        var session = start.Session;
        await db.ExecAsync(
            $"""
            insert into session (id_hash, uuid, user_pk, created_at, auth_at, amr, last_used_at, idle_seconds, expires_at, is_kept, last_ip, user_agent)
            values ({session.IdHash}, {session.Uuid}, {session.UserPk}, {session.CreatedAt}, {session.AuthAt}, {session.Amr}, {now},
            {(long)session.Idle.TotalSeconds}, {session.ExpiresAt}, {session.IsKept}, {start.ClientIp}, {start.UserAgent})
            """);
    }

    /// <summary>The session of this person under its old id gets the new one; false where there is none.</summary>
    public static async ValueTask<bool> RenewAsync(Db db, NewSession start, DateTimeOffset now)
    {
        var session = start.Session;
        return await db.ExecAsync(
            $"""
            update session set id_hash = {session.IdHash}, auth_at = {session.AuthAt}, amr = {session.Amr}, last_used_at = {now},
            expires_at = {session.ExpiresAt}, is_kept = {session.IsKept}, last_ip = {start.ClientIp}, user_agent = {start.UserAgent}
            where id_hash = {start.OldIdHash} and uuid = {session.Uuid} and user_pk = {session.UserPk}
            """) > 0;
    }

    public static ValueTask<Guid?> DeleteAsync(Db db, string idHash) =>
        db.OneAsync($"delete from session where id_hash = {idHash} returning uuid", r => (Guid?)r.Guid());

    public static async ValueTask<bool> DeleteAsync(Db db, Guid uuid) => await db.ExecAsync($"delete from session where uuid = {uuid}") > 0;

    public static ValueTask<List<Guid>> DeleteOfUserAsync(Db db, long userPk, Guid except) =>
        db.ListAsync($"delete from session where user_pk = {userPk} and uuid <> {except} returning uuid", r => r.Guid());

    /// <summary>False where it is over. Otherwise nobody ends it before this unit has.</summary>
    public static async ValueTask<bool> HoldAsync(Db db, Guid uuid) => await db.ExecAsync($"update session set last_ip = last_ip where uuid = {uuid}") > 0;

    /// <summary>A batch of those that are over: expired by now, or idle for their time at an earlier moment, because use is written late.</summary>
    public static ValueTask<List<Guid>> DeleteOverAsync(Db db, DateTimeOffset now, DateTimeOffset idleAt) => db.ListAsync(
        $"""
        delete from session where id_hash in (
          select id_hash from session where expires_at <= {now} or last_used_at + idle_seconds * 1000 <= {idleAt} limit {(long)Batch})
        returning uuid
        """,
        r => r.Guid());

    public static async ValueTask UsedAsync(Db db, Guid uuid, DateTimeOffset at) =>
        await db.ExecAsync($"update session set last_used_at = {at} where uuid = {uuid} and last_used_at < {at}");

    /// <summary>Tells every node that these are over.</summary>
    public static async ValueTask EndedAsync(Db db, IReadOnlyCollection<Guid> uuids)
    {
        foreach (var uuid in uuids) await db.ChangedAsync(SessionChanges.SessionEnd, uuid.ToString());
    }

    private static SessionEntry Read(Row r) => new(
        new(r.Text(), r.Guid(), r.Long(), r.Time(), r.Time(), r.Text(), r.Time(), TimeSpan.FromSeconds(r.Long()), r.Bool()), r.Time());
}
