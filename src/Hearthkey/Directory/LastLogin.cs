using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Remembers when somebody signed in last. Nothing decides by it, so no node needs to hear of it.</summary>
public static class LastLogin
{
    public static async ValueTask SetAsync(Db db, long userPk, DateTimeOffset at) =>
        await db.ExecAsync($"update users set last_login_at = {at} where pk = {userPk}");
}
