using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearthkey.Directory.Endpoints;

/// <summary>The answer of <c>core/users/me/</c>.</summary>
internal sealed record SessionUser(
    UserSelf User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UserSelf? Original,
    IReadOnlyList<UserSelf> Users);

internal sealed record UserSelf(
    long Pk, string Username, string Name, bool IsActive, bool IsSuperuser, bool IsCurrent, IReadOnlyList<UserSelfGroup> Groups,
    IReadOnlyList<UserSelfGroup> Roles, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email, string Avatar, string Uid, JsonElement Settings, string Type,
    IReadOnlyList<string> SystemPermissions);

internal sealed record UserSelfGroup(string Name, string Pk);

internal sealed record UserPaths(IReadOnlyList<string> Paths);

internal sealed record TokenView(string Key);
