using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Directory.Rows;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>The resource <c>core/groups</c>.</summary>
public sealed class Groups(ResourceContext context) : Resource<Group>(context)
{
    public override string Model => UserChanges.Group;

    public override string Path => "core/groups";

    public override string KeyName => "group_uuid";

    public override string VerboseName => "group";

    public override JsonTypeInfo<Group> Json => DirectoryJson.Default.Group;

    protected override Table<Group> Table => GroupRows.Table;

    protected override IReadOnlyList<Filter> Filters => GroupRows.Filters;

    protected override IReadOnlyList<Ordering> Orderings => GroupRows.Orderings;

    protected override IReadOnlyList<string> Switches { get; } = ["include_children", "include_inherited_roles", "include_parents", "include_users"];

    public override string Key(Group value) => value.Pk.ToString("D");

    public override string Name(Group value) => value.Name;

    protected override Sql Where(string key) => $"group_uuid = {UuidKey(key)}";

    protected override Sql? Search(string text) => $@"name_key like {Filter.Contains(NameKey.Of(text))} escape '\'";

    protected override bool NeedsStepUp(Group? before, Group? after) =>
        before is { MakesSuperusers: true } || after is { MakesSuperusers: true };

    protected override Group Bind(FieldReader input, Group? before)
    {
        var old = before ?? GroupRows.New(Context.Now());
        input.Unbuilt("roles", "[]");
        return old with
        {
            Name = input.Text("name", old.Name, required: true, blank: false, max: 500).Trim(),
            IsSuperuser = input.Flag("is_superuser", old.IsSuperuser),
            Parents = input.References("parents", old.Parents),
            Users = input.NumberReferences("users", old.Users),
            Attributes = input.Object("attributes", old.Attributes),
        };
    }

    protected override async ValueTask<Group> CheckAsync(Db db, Group value, Group? before, FieldErrors errors)
    {
        var now = await GroupTree.LoadAsync(db);
        foreach (var parent in value.Parents)
        {
            if (now.Find(parent) is not { } node) errors.AddMissing("parents", parent);
            else if (parent == value.Pk) errors.Add("parents", "A group cannot be its own parent.");
            else if (now.WithAncestors([parent]).Any(g => g.Uuid == value.Pk))
                errors.Add("parents", $"“{node.Name}” is below this group already, so it cannot be its parent.");
        }
        foreach (var missing in await Members.MissingAsync(db, value.Users))
            errors.AddMissing("users", missing);
        if (errors.Any) return value;
        var changed = new GroupNode(value.Pk, value.NumPk, value.Name, value.IsSuperuser, value.Attributes, value.Parents);
        var after = now.With(value.Pk, changed);
        if (before is not null && await Superusers.VanishAsync(db, after, value.Pk, value.Users))
        {
            var isPlain = before.IsSuperuser && !value.IsSuperuser;
            errors.Add(isPlain ? "is_superuser" : before.Users.Except(value.Users).Any() ? "users" : "parents", Superusers.Sentence);
            return value;
        }
        value = value with { MakesSuperusers = after.IsSuperuser([value.Pk]) };
        return before is null ? value with { NumPk = await db.NextKeyAsync("group") } : value;
    }

    protected override async ValueTask SavedAsync(Db db, Group value, Group? before)
    {
        foreach (var parent in (before?.Parents ?? []).Except(value.Parents))
            await db.ExecAsync($"delete from group_parent where group_uuid = {value.Pk} and parent_uuid = {parent}");
        foreach (var parent in value.Parents.Except(before?.Parents ?? []))
            await db.ExecAsync($"insert into group_parent (group_uuid, parent_uuid) values ({value.Pk}, {parent})");
        foreach (var user in (before?.Users ?? []).Except(value.Users)) await Members.RemoveAsync(db, value.Pk, user);
        foreach (var user in value.Users.Except(before?.Users ?? [])) await Members.AddAsync(db, value.Pk, user);
    }

    protected override async ValueTask<string?> WhyNotDeleteAsync(Db db, Group value) =>
        await Superusers.VanishAsync(db, (await GroupTree.LoadAsync(db)).With(value.Pk, null), value.Pk, []) ? Superusers.Sentence : null;

    protected override async ValueTask DeleteAsync(Db db, string key, Group value)
    {
        foreach (var user in value.Users) await Members.RemoveAsync(db, value.Pk, user);
        await base.DeleteAsync(db, key, value);
    }

    protected override async ValueTask<Group> LoadAsync(Db db, Group row) =>
        await GroupParts.CompleteAsync(db, row, await GroupTree.LoadAsync(db), ListRequest.First());

    protected override async ValueTask<IReadOnlyList<Group>> CompleteAsync(
        Db db, IReadOnlyList<Group> rows, ListRequest request, Caller? caller)
    {
        var tree = await GroupTree.LoadAsync(db);
        var complete = new List<Group>(rows.Count);
        foreach (var row in rows) complete.Add(await GroupParts.CompleteAsync(db, row, tree, request));
        return complete;
    }

    /// <summary>Adds or removes one member, without a look at the others.</summary>
    internal async Task<Outcome<Group>> ChangeMemberAsync(
        Caller caller, Actor actor, string key, long user, bool isMember, CancellationToken ct) => await SaveAsync(
        async db =>
        {
            if (await FindAsync(db, VisibleTo(caller), key) is not { } group) return Outcome<Group>.Missing;
            if ((await Members.MissingAsync(db, [user])).Count > 0) return Outcome<Group>.Missing;
            var tree = await GroupTree.LoadAsync(db);
            group = group with { MakesSuperusers = tree.IsSuperuser([group.Pk]) };
            if (IsStepUpDue(caller, group, group)) return StepUp.Refuse<Group>();
            if (!isMember && group.MakesSuperusers)
            {
                var members = await db.ListAsync(
                    $"select user_pk from group_member where group_uuid = {group.Pk} and user_pk <> {user}", r => r.Long());
                if (await Superusers.VanishAsync(db, tree, group.Pk, members)) return Outcome<Group>.Wrong("pk", Superusers.Sentence);
            }
            if (isMember) await Members.AddAsync(db, group.Pk, user);
            else await Members.RemoveAsync(db, group.Pk, user);
            await RecordAsync(db, EventActions.ModelUpdated, actor, group, group, ["users"]);
            return Outcome<Group>.Done(group);
        },
        ct);
}
