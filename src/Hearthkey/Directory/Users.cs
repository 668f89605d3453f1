using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Directory.Rows;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>The resource <c>core/users</c>. People who are no admins see themselves.</summary>
public sealed class Users(ResourceContext context, Passwords passwords) : Resource<User>(context)
{
    private static readonly string[] _types = ["internal", "external", Account.ServiceAccount];

    public override string Model => UserChanges.User;

    public override string Path => "core/users";

    public override string KeyName => "id";

    public override string VerboseName => "user";

    public override bool IsOpenToPeople => true;

    public override JsonTypeInfo<User> Json => DirectoryJson.Default.User;

    protected override Table<User> Table => UserRows.Table;

    protected override IReadOnlyList<Filter> Filters => UserFilters.All;

    protected override IReadOnlyList<Ordering> Orderings => UserFilters.Orderings;

    protected override IReadOnlyList<string> Switches { get; } = ["include_groups", "include_roles"];

    protected override string UniqueField => "username";

    public override string Key(User value) => value.Pk.ToString(CultureInfo.InvariantCulture);

    public override string Name(User value) => value.Username;

    protected override Sql Where(string key) => $"pk = {NumberKey(key)}";

    protected override Sql? Search(string text) => UserFilters.Search(text);

    protected override Sql? VisibleTo(Caller caller)
    {
        if (caller.IsSuperuser) return null;
        return $"pk = {caller.UserPk}";
    }

    protected override bool NeedsStepUp(User? before, User? after) => before is { IsSuperuser: true } || after is { IsSuperuser: true };

    protected override User Bind(FieldReader input, User? before)
    {
        var now = Context.Now();
        var old = before ?? UserRows.New(now);
        input.Unbuilt("roles", "[]");
        var user = old with
        {
            Username = input.Text("username", old.Username, required: true, blank: false, max: 150).Trim(),
            Name = input.Text("name", old.Name, required: true, max: 500),
            IsActive = input.Flag("is_active", old.IsActive),
            LastLogin = input.Time("last_login", old.LastLogin),
            Groups = input.References("groups", old.Groups),
            Email = Blank.ToNull(input.Text("email", old.Email ?? "", max: 254).Trim()),
            Attributes = input.Object("attributes", old.Attributes),
            Path = input.Text("path", old.Path, blank: false, max: 500),
            Type = input.Choice("type", old.Type, _types, unbuilt: ["internal_service_account"]),
            LastUpdated = now,
        };
        UserRules.Check(user, input.Errors);
        return user;
    }

    protected override async ValueTask<User> CheckAsync(Db db, User value, User? before, FieldErrors errors)
    {
        var tree = await GroupTree.LoadAsync(db);
        foreach (var group in value.Groups.Where(g => tree.Find(g) is null))
            errors.AddMissing("groups", group);
        var key = NameKey.Of(value.Username);
        var others = await db.ListAsync(
            $"select pk from users where email_key = {key} and username_key <> {key} and pk <> {value.Pk} limit 1", r => r.Long());
        if (others.Count > 0)
            errors.Add("username", "This is the e-mail address of another user, who would no longer be able to sign in with it.");
        value = value with { IsSuperuser = tree.IsSuperuser(value.Groups) };
        var isService = value.Type == Account.ServiceAccount;
        if (before is not null && (!value.IsActive || isService || !value.IsSuperuser) && await Superusers.IsLastAsync(db, before.Pk))
            errors.Add(!value.IsActive ? "is_active" : isService ? "type" : "groups", Superusers.Sentence);
        return before is null && !errors.Any ? value with { Pk = await db.NextKeyAsync("user") } : value;
    }

    protected override async ValueTask SavedAsync(Db db, User value, User? before)
    {
        IReadOnlyList<Guid> old = before?.Groups ?? [];
        foreach (var group in old.Except(value.Groups)) await Members.RemoveAsync(db, group, value.Pk);
        foreach (var group in value.Groups.Except(old)) await Members.AddAsync(db, group, value.Pk);
        if (before is not null && MaySignIn(before) && !MaySignIn(value)) await passwords.EndAsync(db, value.Pk);
    }

    protected override async ValueTask<User> LoadAsync(Db db, User row) => (await CompleteAsync(db, [row], ListRequest.First(), null))[0];

    protected override async ValueTask<string?> WhyNotDeleteAsync(Db db, User value) =>
        await Superusers.IsLastAsync(db, value.Pk) ? Superusers.Sentence : null;

    protected override async ValueTask DeleteAsync(Db db, string key, User value)
    {
        await passwords.EndAsync(db, value.Pk);
        await base.DeleteAsync(db, key, value);
    }

    protected override async ValueTask<IReadOnlyList<User>> CompleteAsync(
        Db db, IReadOnlyList<User> rows, ListRequest request, Caller? caller)
    {
        if (rows.Count == 0) return rows;
        var tree = await GroupTree.LoadAsync(db);
        var pks = rows.Select(u => u.Pk).ToList();
        var all = await db.ListAsync(
            $"select user_pk, group_uuid from group_member where user_pk in {pks}", r => (User: r.Long(), Group: r.Guid()));
        var members = all.ToLookup(m => m.User, m => m.Group);
        bool withGroups = request.Flag("include_groups", true), withRoles = request.Flag("include_roles", true);
        return [.. rows.Select(u => Complete(u, tree, members[u.Pk], withGroups, withRoles))];
    }

    /// <summary>Users by their keys, complete; those that are gone are left out.</summary>
    internal async ValueTask<IReadOnlyDictionary<long, User>> FindManyAsync(Db db, IReadOnlyCollection<long> pks)
    {
        var select = new SqlBuilder().Append("select ").Append(Table.Columns).Append($" from users where pk in {pks}");
        var rows = await db.ListAsync(select, Table.Read);
        return (await CompleteAsync(db, rows, ListRequest.First(), null)).ToDictionary(u => u.Pk);
    }

    private static bool MaySignIn(User user) => Account.IsOneWhoMaySignIn(user.IsActive, user.Type);

    private static User Complete(User user, GroupTree tree, IEnumerable<Guid> groups, bool withGroups, bool withRoles)
    {
        var direct = groups.Select(tree.Find).OfType<GroupNode>().OrderBy(g => g.Name, StringComparer.Ordinal).ToList();
        return user with
        {
            Groups = [.. direct.Select(g => g.Uuid)],
            GroupsObj = withGroups ? [.. direct.Select(g => new PartialGroup(g.Uuid, g.NumPk, g.Name, g.IsSuperuser, g.Attributes))] : null,
            RolesObj = withRoles ? [] : null,
            IsSuperuser = tree.IsSuperuser(direct.Select(g => g.Uuid)),
        };
    }
}
