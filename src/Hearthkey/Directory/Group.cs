using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearthkey.Directory;

/// <summary>A group in wire shape.</summary>
/// <param name="NumPk">An integer key beside the uuid, for systems that want one.</param>
/// <param name="IsSuperuser">Its members, and those of groups below it, may do everything.</param>
/// <param name="Parents">Its members are members of these too.</param>
/// <param name="Users">Direct members only.</param>
/// <param name="Roles">Always empty: roles are not built yet.</param>
public sealed record Group(
    Guid Pk, long NumPk, string Name, bool IsSuperuser, IReadOnlyList<Guid> Parents, IReadOnlyList<RelatedGroup>? ParentsObj,
    IReadOnlyList<long> Users, IReadOnlyList<PartialUser>? UsersObj, JsonElement Attributes,
    IReadOnlyList<Guid> Roles, IReadOnlyList<Role> RolesObj, IReadOnlyList<Role>? InheritedRolesObj,
    IReadOnlyList<Guid> Children, IReadOnlyList<RelatedGroup>? ChildrenObj)
{
    /// <summary>Itself or an ancestor has the superuser flag.</summary>
    [JsonIgnore]
    public bool MakesSuperusers { get; init; }
}

/// <summary>A parent or child inside a group.</summary>
public sealed record RelatedGroup(Guid Pk, string Name, bool IsSuperuser, JsonElement Attributes, Guid GroupUuid);

/// <summary>A member inside a group.</summary>
public sealed record PartialUser(
    long Pk, string Username, string Name, bool IsActive, DateTimeOffset? LastLogin,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email, JsonElement Attributes, string Uid);
