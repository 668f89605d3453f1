using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>How the list of users can be narrowed and ordered.</summary>
internal static class UserFilters
{
    public static readonly IReadOnlyList<Filter> All =
    [
        Filter.Text("username", v => $"username_key = {NameKey.Of(v)}"),
        Filter.Text("email", v => $"email_key = {NameKey.Of(v)}"),
        Filter.Text("name", v => $"name = {v}"),
        Filter.Uuid("uuid", v => $"uuid = {v}"),
        Filter.Flag("is_active", v => $"is_active = {v}"),
        Filter.Flag("is_superuser", v => $"(pk in ({Superusers.Pks})) = {v}"),
        Filter.Text("path", v => $"path = {v}"),
        Filter.Text("path_startswith", v => $"substr(path, 1, cast({(long)v.EnumerateRunes().Count()} as integer)) = {v}"),
        Filter.Text("type", v => $"type = {v}") with { IsAnyOf = true },
        Filter.Text(
            "groups_by_name",
            v => $"""
                pk in (select m.user_pk from group_member m join groups g on g.group_uuid = m.group_uuid where g.name_key = {NameKey.Of(v)})
                """) with { IsAnyOf = true },
        Filter.Uuid("groups_by_pk", v => $"pk in (select user_pk from group_member where group_uuid = {v})") with { IsAnyOf = true },
        // there are no roles yet: nobody has one
        Filter.Text("roles_by_name", _ => $"1 = 0"),
        Filter.Text("roles_by_pk", _ => $"1 = 0"),
        Filter.Time("date_joined", v => $"joined_at = {v}"),
        Filter.Time("date_joined__gt", v => $"joined_at > {v}"),
        Filter.Time("date_joined__lt", v => $"joined_at < {v}"),
        Filter.Time("last_login", v => $"last_login_at = {v}"),
        Filter.Time("last_login__gt", v => $"last_login_at > {v}"),
        Filter.Time("last_login__lt", v => $"last_login_at < {v}"),
        Filter.Flag("last_login__isnull", v => $"(last_login_at is null) = {v}"),
        Filter.Time("last_updated", v => $"updated_at = {v}"),
        Filter.Time("last_updated__gt", v => $"updated_at > {v}"),
        Filter.Time("last_updated__lt", v => $"updated_at < {v}"),
        // comparing inside JSON is not portable: refused rather than ignored
        new Filter("attributes", _ => null),
    ];

    public static readonly IReadOnlyList<Ordering> Orderings =
    [
        new("username", SqlText.Constant("username_key")),
        new("name", SqlText.Constant("name_key")),
        new("email", SqlText.Constant("email_key")),
        Ordering.By("is_active"),
        new("date_joined", SqlText.Constant("joined_at")),
        new("last_login", SqlText.Constant("coalesce(last_login_at, 0)")),
        new("last_updated", SqlText.Constant("updated_at")),
        Ordering.By("path"),
        Ordering.By("type"),
        Ordering.By("pk"),
        new("id", SqlText.Constant("pk")),
        Ordering.By("uuid"),
    ];

    public static Sql Search(string text)
    {
        var part = Filter.Contains(NameKey.Of(text));
        return $"""
            username_key like {part} escape '\' or name_key like {part} escape '\' or email_key like {part} escape '\' or uuid = {text}
            """;
    }
}
