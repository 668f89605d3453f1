using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>Who is a superuser, and the rule that some active person always is: a program lets nobody in who is locked out.</summary>
internal static class Superusers
{
    public const string Sentence =
        "Nobody could administer this installation any more. Make another active person a member of a superuser group first.";

    private const int ChunkSize = 500;

    /// <summary>Keys of all users in a superuser group, directly or through parents.</summary>
    public static SqlText Pks { get; } = SqlText.Constant(
        """
        select user_pk from group_member where group_uuid in (
        with recursive superuser(g) as (select group_uuid from groups where is_superuser
        union select p.group_uuid from group_parent p join superuser s on p.parent_uuid = s.g) select g from superuser)
        """);

    /// <summary>This user is the only active superuser who is a person.</summary>
    public static async ValueTask<bool> IsLastAsync(Db db, long pk) =>
        await db.OneAsync($"select count(*) from users where {Account.RowMaySignIn} and pk = {pk} and pk in ({Pks})", r => r.Long()) == 1
        && await db.OneAsync($"select count(*) from users where {Account.RowMaySignIn} and pk <> {pk} and pk in ({Pks})", r => r.Long()) == 0;

    /// <summary>A change of a group would leave nobody, where there is somebody now.</summary>
    /// <param name="after">All groups as they would be.</param>
    /// <param name="changed">The group that changes, with the direct members it would have.</param>
    public static async ValueTask<bool> VanishAsync(Db db, GroupTree after, Guid changed, IReadOnlyList<long> members)
    {
        var groups = after.All.Where(g => after.IsSuperuser([g.Uuid])).Select(g => g.Uuid).ToList();
        var others = groups.Where(g => g != changed).Select(g => g.ToString("D")).ToList();
        var elsewhere = await db.OneAsync(
            $"select count(*) from users where {Account.RowMaySignIn} and pk in (select user_pk from group_member where group_uuid in {others})",
            r => r.Long());
        if (elsewhere > 0) return false;
        if (groups.Contains(changed))
        {
            foreach (var chunk in members.Chunk(ChunkSize))
                if (await db.OneAsync($"select count(*) from users where {Account.RowMaySignIn} and pk in {chunk}", r => r.Long()) > 0) return false;
        }
        return await db.OneAsync($"select count(*) from users where {Account.RowMaySignIn} and pk in ({Pks})", r => r.Long()) > 0;
    }
}
