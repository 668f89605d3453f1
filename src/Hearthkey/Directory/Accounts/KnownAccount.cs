using System.Text.Json;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Accounts;

/// <summary>What memory holds of a user: row and direct groups. The account is made of it with the present snapshot's groups.</summary>
internal sealed class KnownAccount(Account row, IReadOnlyList<Guid> groups)
{
    private volatile Made? _made;

    public static async ValueTask<KnownAccount?> LoadAsync(Db db, long pk)
    {
        var row = await db.OneAsync(
            $"""
            select pk, uuid, uid, username, name, email, is_active, type, attributes, password_at, password is not null
            from users where pk = {pk}
            """,
            r => new Account(
                r.Long(), r.Guid(), r.Text(), r.Text(), r.Text(), r.Text(), r.Bool(), r.Text(), JsonElement.Parse(r.Json()), [], false,
                r.Time(), r.Bool()));
        if (row is null) return null;
        return new(row, await db.ListAsync($"select group_uuid from group_member where user_pk = {pk}", r => r.Guid()));
    }

    public Account In(GroupTree tree)
    {
        if (_made is { } made && ReferenceEquals(made.Tree, tree)) return made.Account;
        var effective = tree.WithAncestors(groups);
        var account = row with { Groups = effective, IsSuperuser = effective.Any(g => g.IsSuperuser) };
        _made = new(tree, account);
        return account;
    }

    private sealed record Made(GroupTree Tree, Account Account);
}
