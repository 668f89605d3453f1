namespace Hearthkey.Tests.Architecture;

/// <summary>The areas of <c>src/Hearthkey</c>, top to bottom: an area may use only areas above it.</summary>
internal static class AreaMap
{
    public static readonly string[] TopToBottom =
    [
        "Hosting", "Storage", "Audit", "Keys", "Ui", "Resources", "Brands", "Mail", "Expressions", "Directory", "Policies", "Mappings", "Sessions", "Flows",
        "Sources", "Applications", "OidcProvider", "ForwardAuth", "Connectors", "Notifications", "System", "Catalog", "Doctor", "Blueprints", "Portal", "Admin", "Cli",
    ];

    public static int LevelOf(string area) => Array.IndexOf(TopToBottom, area);

    /// <summary>The segments below <c>Hearthkey</c> of a type's namespace; a nested type counts as the type around it.</summary>
    public static string[] Place(string fullName)
    {
        var outer = fullName.Split('+', '/', '<', '`')[0];
        return outer.Split('.')[1..^1];
    }
}
