using System.Collections.Frozen;
using System.Text.Json;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>All groups with their parents, part of the snapshot. A member of a group is a member of all its ancestors.</summary>
public sealed class GroupTree
{
    private readonly FrozenDictionary<Guid, GroupNode> _groups;

    internal GroupTree(IEnumerable<GroupNode> groups) => _groups = groups.ToFrozenDictionary(g => g.Uuid);

    public IEnumerable<GroupNode> All => _groups.Values;

    public GroupNode? Find(Guid uuid) => _groups.GetValueOrDefault(uuid);

    /// <summary>These groups and all their ancestors, each once, ordered by name; groups that are gone are left out.</summary>
    public IReadOnlyList<GroupNode> WithAncestors(IEnumerable<Guid> uuids)
    {
        var found = new Dictionary<Guid, GroupNode>();
        var open = new Stack<Guid>(uuids);
        while (open.TryPop(out var uuid))
        {
            if (Find(uuid) is not { } group || !found.TryAdd(uuid, group)) continue;
            foreach (var parent in group.Parents) open.Push(parent);
        }
        return [.. found.Values.OrderBy(g => g.Name, StringComparer.Ordinal)];
    }

    /// <summary>Membership in one of these groups makes a superuser, by itself or through ancestors.</summary>
    public bool IsSuperuser(IEnumerable<Guid> uuids) => WithAncestors(uuids).Any(g => g.IsSuperuser);

    /// <summary>The same tree with one group in another shape, or without it (<paramref name="changed"/> null).</summary>
    internal GroupTree With(Guid uuid, GroupNode? changed)
    {
        var others = _groups.Values.Where(g => g.Uuid != uuid);
        return new(changed is null ? others : others.Append(changed));
    }

    internal static async ValueTask<GroupTree> LoadAsync(Db db)
    {
        var edges = await db.ListAsync(
            $"select group_uuid, parent_uuid from group_parent order by parent_uuid", r => (Group: r.Guid(), Parent: r.Guid()));
        var parents = edges.ToLookup(e => e.Group, e => e.Parent);
        return new(await db.ListAsync($"select group_uuid, num_pk, name, is_superuser, attributes from groups", r =>
        {
            var uuid = r.Guid();
            return new GroupNode(uuid, r.Long(), r.Text(), r.Bool(), JsonElement.Parse(r.Json()), [.. parents[uuid]]);
        }));
    }
}
