using System.Text.Json;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>What a group has beside its row: parents, children, members.</summary>
internal static class GroupParts
{
    public static async ValueTask<Group> CompleteAsync(Db db, Group row, GroupTree tree, ListRequest request)
    {
        var parents = tree.Find(row.Pk)?.Parents ?? [];
        var children = tree.All.Where(g => g.Parents.Contains(row.Pk)).OrderBy(g => g.Name, StringComparer.Ordinal).ToList();
        var users = await MembersAsync(db, row.Pk);
        return row with
        {
            MakesSuperusers = tree.IsSuperuser([row.Pk]),
            Parents = parents,
            ParentsObj = request.Flag("include_parents", false) ? [.. parents.Select(tree.Find).OfType<GroupNode>().Select(Related)] : null,
            Children = [.. children.Select(g => g.Uuid)],
            ChildrenObj = request.Flag("include_children", false) ? [.. children.Select(Related)] : null,
            Users = [.. users.Select(u => u.Pk)],
            UsersObj = request.Flag("include_users", true) ? users : null,
            InheritedRolesObj = request.Flag("include_inherited_roles", false) ? [] : null,
        };
    }

    private static RelatedGroup Related(GroupNode g) => new(g.Uuid, g.Name, g.IsSuperuser, g.Attributes, g.Uuid);

    private static ValueTask<List<PartialUser>> MembersAsync(Db db, Guid group) => db.ListAsync(
        $"""
        select u.pk, u.username, u.name, u.is_active, u.last_login_at, u.email, u.attributes, u.uid
        from group_member m join users u on u.pk = m.user_pk where m.group_uuid = {group} order by u.username_key
        """,
        r => new PartialUser(r.Long(), r.Text(), r.Text(), r.Bool(), r.TimeOrNull(), Blank.ToNull(r.Text()), JsonElement.Parse(r.Json()), r.Text()));
}
