using System.Text.Json;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>The SQL of bindings beside the resource's own.</summary>
internal static class BindingRows
{
    public static readonly SqlText Columns = SqlText.Constant(
        "binding_uuid, group_uuid, user_pk, target, negate, enabled, position, timeout, failure_result");

    public static PolicyBinding Read(Row r) => new()
    {
        Pk = r.Guid(),
        Group = r.GuidOrNull(),
        User = r.LongOrNull(),
        Target = r.Guid(),
        Negate = r.Bool(),
        Enabled = r.Bool(),
        Order = r.Long(),
        Timeout = r.Long(),
        FailureResult = r.Bool(),
    };

    public static async ValueTask<List<PolicyBinding>> AllAsync(Db db) =>
        [.. await CompleteAsync(db, await db.ListAsync($"select {Columns} from policy_binding", Read))];

    /// <summary>Adds what bindings show of their groups and people.</summary>
    public static async ValueTask<IReadOnlyList<PolicyBinding>> CompleteAsync(Db db, IReadOnlyList<PolicyBinding> rows)
    {
        var groups = new Dictionary<Guid, PartialGroup>();
        var users = new Dictionary<long, PartialUser>();
        foreach (var keys in rows.Select(b => b.Group?.ToString()).OfType<string>().Distinct().Chunk(500))
            foreach (var group in await db.ListAsync($"select group_uuid, num_pk, name, is_superuser, attributes from groups where group_uuid in {keys}", ReadGroup))
                groups[group.Pk] = group;
        foreach (var keys in rows.Select(b => b.User).OfType<long>().Distinct().Chunk(500))
            foreach (var user in await db.ListAsync($"select pk, username, name, is_active, last_login_at, email, attributes, uid from users where pk in {keys}", ReadUser))
                users[user.Pk] = user;
        return [.. rows.Select(b => b with
        {
            GroupObj = b.Group is { } group ? groups.GetValueOrDefault(group) : null,
            UserObj = b.User is { } user ? users.GetValueOrDefault(user) : null,
        })];
    }

    private static PartialGroup ReadGroup(Row r) => new(r.Guid(), r.Long(), r.Text(), r.Bool(), Attributes(r));

    private static PartialUser ReadUser(Row r) => new(r.Long(), r.Text(), r.Text(), r.Bool(), r.TimeOrNull(), Blank.ToNull(r.Text()), Attributes(r), r.Text());

    private static JsonElement Attributes(Row r) => JsonElement.Parse(r.Json());
}
