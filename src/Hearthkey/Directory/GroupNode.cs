using System.Text.Json;

namespace Hearthkey.Directory;

/// <summary>One group as it stands in the snapshot.</summary>
/// <param name="NumPk">The group's integer key, for systems that want one (LDAP's <c>gidNumber</c>).</param>
/// <param name="Parents">Groups whose members its members are too.</param>
public sealed record GroupNode(Guid Uuid, long NumPk, string Name, bool IsSuperuser, JsonElement Attributes, IReadOnlyList<Guid> Parents);
