using System.Globalization;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>The table <c>group_member</c>. Each change tells that the user changed.</summary>
internal static class Members
{
    private const int ChunkSize = 500;

    public static async ValueTask AddAsync(Db db, Guid group, long user)
    {
        await db.ExecAsync($"insert into group_member (group_uuid, user_pk) values ({group}, {user}) on conflict do nothing");
        await db.ChangedAsync(UserChanges.User, user.ToString(CultureInfo.InvariantCulture));
    }

    public static async ValueTask RemoveAsync(Db db, Guid group, long user)
    {
        await db.ExecAsync($"delete from group_member where group_uuid = {group} and user_pk = {user}");
        await db.ChangedAsync(UserChanges.User, user.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Those of the keys that are no user's.</summary>
    public static async ValueTask<IReadOnlyList<long>> MissingAsync(Db db, IReadOnlyList<long> users)
    {
        var missing = new List<long>();
        foreach (var chunk in users.Chunk(ChunkSize))
            missing.AddRange(chunk.Except(await db.ListAsync($"select pk from users where pk in {chunk}", r => r.Long())));
        return missing;
    }
}
