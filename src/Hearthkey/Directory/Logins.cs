using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Remembers when people signed in last.</summary>
public static class Logins
{
    public static async ValueTask RecordAsync(Db db, long pk, DateTimeOffset at) =>
        await db.ExecAsync($"update users set last_login_at = {at} where pk = {pk}");
}
