using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>Members of superuser groups, as first start and recovery ask for them.</summary>
public static class Admins
{
    /// <summary>The one that comes along.</summary>
    private const string First = "akadmin";

    public static async ValueTask<bool> AnyHasPasswordAsync(Db db)
    {
        var groups = await GroupsAsync(db);
        return await db.OneAsync(
            $"""
            select pk from users where password is not null and exists (
              select 1 from group_member where group_member.user_pk = users.pk and group_member.group_uuid in {groups}) limit 1
            """,
            r => (long?)r.Long()) is not null;
    }

    /// <summary>The admin that setup is for: the one that came along, otherwise the oldest; null where there is none.</summary>
    public static async ValueTask<long?> FirstAsync(Db db)
    {
        var groups = await GroupsAsync(db);
        return await db.OneAsync(
            $"""
            select pk from users where is_active and exists (
              select 1 from group_member where group_member.user_pk = users.pk and group_member.group_uuid in {groups})
            order by case when username_key = {First} then 0 else 1 end, pk limit 1
            """,
            r => (long?)r.Long());
    }

    private static async ValueTask<List<string>> GroupsAsync(Db db)
    {
        var tree = await GroupTree.LoadAsync(db);
        return [.. tree.All.Where(g => tree.IsSuperuser([g.Uuid])).Select(g => g.Uuid.ToString())];
    }
}
