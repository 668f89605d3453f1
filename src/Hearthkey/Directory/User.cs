using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearthkey.Directory;

/// <summary>A user in wire shape.</summary>
/// <param name="Groups">Direct groups only.</param>
/// <param name="GroupsObj">The same with names; null where the list was asked without them.</param>
/// <param name="Roles">Always empty: roles are not built yet.</param>
/// <param name="Email">Null for none.</param>
/// <param name="Uid">What apps see in hashed-id mode: made once, never recomputed.</param>
/// <param name="Path">A folder that admins sort users by; means nothing else.</param>
/// <param name="Type"><c>internal</c>, <c>external</c>, <c>service_account</c> or <c>internal_service_account</c>.</param>
public sealed record User(
    long Pk, string Username, string Name, bool IsActive, DateTimeOffset? LastLogin, DateTimeOffset DateJoined, bool IsSuperuser,
    IReadOnlyList<Guid> Groups, IReadOnlyList<PartialGroup>? GroupsObj, IReadOnlyList<Guid> Roles, IReadOnlyList<Role>? RolesObj,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email, string Avatar, JsonElement Attributes, string Uid, string Path, string Type, Guid Uuid,
    DateTimeOffset PasswordChangeDate, DateTimeOffset LastUpdated);

/// <summary>A group inside a user.</summary>
public sealed record PartialGroup(Guid Pk, long NumPk, string Name, bool IsSuperuser, JsonElement Attributes);

/// <summary>A role; there are none yet.</summary>
public sealed record Role(Guid Pk, string Name);
