using System.Text.Json;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory.Rows;

/// <summary>The table <c>groups</c>, and how its list can be narrowed and ordered.</summary>
internal static class GroupRows
{
    public static readonly Table<Group> Table = new(
        SqlText.Constant("groups"),
        SqlText.Constant("group_uuid, num_pk, name, name_key, is_superuser, attributes"),
        g => $"{g.Pk}, {g.NumPk}, {g.Name}, {NameKey.Of(g.Name)}, {g.IsSuperuser}, {new Json(g.Attributes.GetRawText())}",
        Read);

    public static readonly IReadOnlyList<Filter> Filters =
    [
        Filter.Text("name", v => $"name_key = {NameKey.Of(v)}"),
        Filter.Flag("is_superuser", v => $"is_superuser = {v}"),
        Filter.Number("members_by_pk", v => $"group_uuid in (select group_uuid from group_member where user_pk = {v})")
            with { IsAnyOf = true },
        Filter.Text(
            "members_by_username",
            v => $"""
                group_uuid in (select m.group_uuid from group_member m join users u on u.pk = m.user_pk
                where u.username_key = {NameKey.Of(v)})
                """) with { IsAnyOf = true },
        // comparing inside JSON is not portable: refused rather than ignored
        new Filter("attributes", _ => null),
    ];

    public static readonly IReadOnlyList<Ordering> Orderings =
    [
        new("name", SqlText.Constant("name_key")),
        Ordering.By("is_superuser"),
        Ordering.By("num_pk"),
        new("pk", SqlText.Constant("group_uuid")),
        Ordering.By("group_uuid"),
    ];

    public static Group New(DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), 0, "", false, [], null, [], null, UserRows.NoAttributes, [], [], null, [], null);

    private static Group Read(Row r)
    {
        Guid pk = r.Guid();
        var number = r.Long();
        var name = r.Text();
        r.Text();
        return new(pk, number, name, r.Bool(), [], null, [], null, JsonElement.Parse(r.Json()), [], [], null, [], null);
    }
}
